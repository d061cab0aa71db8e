using System.IO.Enumeration;
using Farm.Server.Contracts.Flamenco.Domain;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Finds out which stored files checkouts link to, from the links themselves: they are right whoever made, copied or removed a checkout.
/// </summary>
internal static class CheckoutLinks
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = true,
    };

    /// <summary>The stored files that links in a directory, at any depth, lead to; one may come more than once. Links are not followed.</summary>
    /// <exception cref="IOException">Something could not be read; then nobody knows what else there is.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static IEnumerable<FileKey> In(string directory) => new FileSystemEnumerable<FileKey?>(directory, KeyOf, Everything)
    {
        ShouldIncludePredicate = (ref entry) => IsLink(ref entry),
        ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
    }.OfType<FileKey>();

    private static FileKey? KeyOf(ref FileSystemEntry entry) =>
        entry.ToFileSystemInfo().LinkTarget is { } target ? ShamanStorage.KeyOf(target) : null;

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
