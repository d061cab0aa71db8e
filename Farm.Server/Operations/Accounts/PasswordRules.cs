using System.Text;

namespace Farm.Server.Operations.Accounts;

/// <summary>Which passwords people may choose, whatever the protocol (Docs/security.md).</summary>
internal static class PasswordRules
{
    /// <summary>The fewest characters of a password.</summary>
    public const int MinLength = 10;

    private const string ListName = "Farm.Server.Operations.Accounts.common-passwords.txt";

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <summary>Why a password is not allowed; null if it is.</summary>
    /// <param name="username">The name of the account.</param>
    /// <param name="password">The password.</param>
    public static string? WhyNotAllowed(string username, string password) =>
        password.EnumerateRunes().Count() < MinLength ? $"the password must have at least {MinLength} characters"
        : Common.Value.Contains(password) ? "this password is too common; choose one that nobody else would think of"
        : password.EnumerateRunes().Distinct().Count() < 4 ? "the password must have at least 4 different characters"
        : username.Length > 0 && password.Replace(username, "", StringComparison.OrdinalIgnoreCase).Length < 4 ? "the password is the username; choose another one"
        : null;

    private static HashSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream(ListName)!, Encoding.ASCII);
        return new HashSet<string>(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }
}
