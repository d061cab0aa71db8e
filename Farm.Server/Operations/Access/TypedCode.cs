using System.Security.Cryptography;

namespace Farm.Server.Operations.Access;

/// <summary>Random codes that people read and type, such as <c>k3hq-8wzn-pd5c</c>.</summary>
internal static class TypedCode
{
    private const int GroupLength = 4;

    /// <summary>Without letters and digits that are easily taken for others.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A new code of some groups; each has 19 bits.</summary>
    public static string New(int groups) => string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));

    /// <summary>A code as it was made: case and spaces around do not matter.</summary>
    public static string Typed(string text) => text.Trim().ToLowerInvariant();
}
