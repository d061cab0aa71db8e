namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for accounts of all contracts. Contracts set their own length limits.</summary>
internal static class AccountRules
{
    /// <summary>Why a username is not allowed; null if it is. Control characters could make two names look the same.</summary>
    public static string? WhyNameNotAllowed(string username) =>
        username.Length == 0 ? "the username is empty"
        : username.Any(char.IsControl) ? "the username contains a control character"
        : null;
}
