namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for accounts of all contracts. Contracts set their own length limits.</summary>
internal static class AccountRules
{
    /// <summary>Why a username is not allowed; null if it is. Control characters could make two names look the same.</summary>
    public static string? WhyNameNotAllowed(string username) =>
        username.Length == 0 ? "the username is empty"
        : username.Any(char.IsControl) ? "the username contains a control character"
        : null;

    /// <summary>Whether an account may sign in as soon as it is registered.</summary>
    /// <param name="waits">Whether its registration asked for activation.</param>
    /// <param name="isOpen">Whether the farm lets everybody in who registers.</param>
    /// <param name="administrators">How many administrators there are; without one, nobody could activate it.</param>
    public static bool IsActiveAtOnce(bool waits, bool isOpen, int administrators) => !waits && (isOpen || administrators == 0);

    /// <summary>
    /// Whether an account becomes an administrator when it can first sign in: only the first account does
    /// (Contracts/TaskTracker/Contract.md D8). The last administrator cannot be demoted, so this happens once per farm.
    /// </summary>
    public static bool BecomesAdministrator(bool isActive, int administrators) => isActive && administrators == 0;
}
