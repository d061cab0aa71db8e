using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Access;

namespace Farm.Server.Operations.Accounts;

/// <summary>A code that was just made, which is shown once.</summary>
/// <param name="Account">Whose password it sets.</param>
/// <param name="Code">The code in plain text. The store keeps only a hash.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record NewPasswordCode(Account Account, string Code, DateTimeOffset ExpiresAt);

/// <summary>Codes with which people set their password, such as <c>k3hq-8wzn-pd5c-x2rm</c>.</summary>
internal static class PasswordCodes
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The name under which wrong codes are counted; no account has it.</summary>
    public const string ThrottleName = "\0code";

    private const int Groups = 4;

    /// <summary>A new code; with its 79 bits, a fast hash is enough for a day.</summary>
    public static string New() => TypedCode.New(Groups);

    /// <summary>The hash to store.</summary>
    public static byte[] Hash(string code) => SessionTokens.Hash(TypedCode.Typed(code));
}
