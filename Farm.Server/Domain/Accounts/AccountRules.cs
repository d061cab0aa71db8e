namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for every account, whichever contract it came through. Contracts set their own length limits.</summary>
internal static class AccountRules
{
    /// <summary>Why a username is not allowed; null when it is allowed. Control characters make two names look like one.</summary>
    public static string? WhyNameNotAllowed(string username) =>
        username.Length == 0 ? "the username is empty"
        : username.Any(char.IsControl) ? "the username has a control character in it"
        : null;

    /// <summary>
    /// Whether an account becomes an administrator when it can sign in for the first time: the first one of a farm does
    /// (Contracts/TaskTracker/Contract.md D8). As the last administrator stays one, nobody else ever does by this rule.
    /// </summary>
    public static bool BecomesAdministrator(bool isActive, int administrators) => isActive && administrators == 0;
}
