using System.Text;

namespace Farm.Server.Domain.Accounts;

/// <summary>Rules for the names of people who register themselves (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class CredentialRules
{
    private const int MinNameBytes = 3;
    private const int MaxNameBytes = 16;

    /// <summary>Why a username is not allowed; null if it is.</summary>
    public static string? WhyNameNotAllowed(string username) =>
        Encoding.UTF8.GetByteCount(username) is < MinNameBytes or > MaxNameBytes ? $"the username must have {MinNameBytes} to {MaxNameBytes} bytes" : null;
}
