using System.Buffers;
using System.Text;
using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>What a client may ask to be checked out, and where (Contracts/Flamenco/Contract.md section 6.5). Looks at no disk.</summary>
internal static class CheckoutRules
{
    /// <summary>What is put behind the name of a checkout whose name is taken: a dash and so many characters.</summary>
    public const int SuffixLength = 4;

    private const int MostBytesOfAName = 255;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("?*:;{}\\");

    private static StringComparer Names { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>What is wrong with the place of a checkout, or null. It is the same on all systems: workers on others see it too.</summary>
    public static string? WhyNotAllowed(string checkoutPath)
    {
        if (checkoutPath.AsSpan().ContainsAny(Forbidden)) return "a checkout path may have none of ? * : ; { } \\";
        if (checkoutPath.Split('/').Any(SafePath.IsWindowsDevice)) return "a part of the checkout path is the name of a device on Windows";
        return PathProblem(checkoutPath, MostBytesOfAName - 1 - SuffixLength) is { } objection ? $"checkout path: {objection}" : null;
    }

    /// <summary>What is wrong with the files of a checkout, or null.</summary>
    public static string? WhyNotAllowed(IReadOnlyList<ShamanFile> files)
    {
        var byPath = new Dictionary<string, FileKey>(Names);
        foreach (var file in files)
        {
            if (PathProblem(file.Path, MostBytesOfAName) is { } objection) return $"file \"{file.Path}\": {objection}";
            if (!byPath.TryAdd(file.Path, file.Key) && byPath[file.Path] != file.Key) return $"two files are called \"{file.Path}\"";
        }

        foreach (var path in byPath.Keys)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                if (byPath.ContainsKey(path[..slash])) return $"\"{path[..slash]}\" is both a file and a directory";
            }
        }

        return null;
    }

    private static string? PathProblem(string path, int mostBytes) =>
        SafePath.WhyNotAllowed(path)
        ?? (path.Split('/').Any(part => Encoding.UTF8.GetByteCount(part) > mostBytes) ? "a part of the path is too long" : null);
}
