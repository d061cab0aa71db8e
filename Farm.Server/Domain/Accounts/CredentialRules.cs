using System.Text;

namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for names and passwords of people who register themselves (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class CredentialRules
{
    private const int ShortestName = 3;
    private const int LongestName = 16;
    private const int ShortestPassword = 8;

    /// <summary>Why a username or password is not allowed; null if it is.</summary>
    public static string? WhyNotAllowed(string username, string password) =>
        Encoding.UTF8.GetByteCount(username) is < ShortestName or > LongestName
            ? $"the username must have {ShortestName} to {LongestName} bytes"
        : Encoding.UTF8.GetByteCount(password) < ShortestPassword ? $"the password must have at least {ShortestPassword} bytes"
        : null;
}
