using System.IO.Enumeration;
using Farm.Server.Contracts.Flamenco.Domain;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Finds the stored files that checkouts link to. Reads the links themselves, as people may copy or delete checkouts by hand.
/// </summary>
internal static class CheckoutLinks
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = true,
    };

    /// <summary>The stored files that links at any depth of a directory point to, possibly repeated. Links are not followed.</summary>
    /// <exception cref="IOException">A directory could not be read, so the result would be incomplete.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IEnumerable<FileKey> In(string directory) => new FileSystemEnumerable<FileKey?>(directory, KeyOf, Everything)
    {
        ShouldIncludePredicate = (ref entry) => IsLink(ref entry),
        ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
    }.OfType<FileKey>();

    private static FileKey? KeyOf(ref FileSystemEntry entry) =>
        entry.ToFileSystemInfo().LinkTarget is { } target ? ShamanStorage.KeyOf(target) : null;

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
