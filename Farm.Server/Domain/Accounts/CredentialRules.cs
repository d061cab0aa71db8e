using System.Text;

namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for names and passwords of people who register themselves (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class CredentialRules
{
    private const int MinNameBytes = 3;
    private const int MaxNameBytes = 16;
    private const int MinPasswordBytes = 8;

    /// <summary>Why a username or password is not allowed; null if it is.</summary>
    public static string? WhyNotAllowed(string username, string password) =>
        Encoding.UTF8.GetByteCount(username) is < MinNameBytes or > MaxNameBytes
            ? $"the username must have {MinNameBytes} to {MaxNameBytes} bytes"
        : Encoding.UTF8.GetByteCount(password) < MinPasswordBytes ? $"the password must have at least {MinPasswordBytes} bytes"
        : null;
}
