using System.Buffers;
using System.Text;
using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Which files and paths a checkout may have (Contracts/Flamenco/Contract.md section 6.5). No I/O.</summary>
internal static class CheckoutRules
{
    /// <summary>When the name of a checkout is taken, a dash and this many characters are appended.</summary>
    public const int SuffixLength = 4;

    private const int MaxNameBytes = 255;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("?*:;{}\\");

    private static StringComparer Names { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Why a checkout path is not allowed; null when it is. The same on all systems, as workers on other systems see the path.</summary>
    public static string? WhyNotAllowed(string checkoutPath)
    {
        if (checkoutPath.AsSpan().ContainsAny(Forbidden)) return "a checkout path must not contain ? * : ; { } \\";
        if (checkoutPath.Split('/').Any(SafePath.IsWindowsDevice)) return "a part of the checkout path is a reserved name on Windows";
        return PathProblem(checkoutPath, MaxNameBytes - 1 - SuffixLength) is { } problem ? $"checkout path: {problem}" : null;
    }

    /// <summary>Why the files of a checkout are not allowed; null when they are.</summary>
    public static string? WhyNotAllowed(IReadOnlyList<ShamanFile> files)
    {
        var byPath = new Dictionary<string, FileKey>(Names);
        foreach (var file in files)
        {
            if (PathProblem(file.Path, MaxNameBytes) is { } problem) return $"file \"{file.Path}\": {problem}";
            if (!byPath.TryAdd(file.Path, file.Key) && byPath[file.Path] != file.Key) return $"two files have the path \"{file.Path}\"";
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

    private static string? PathProblem(string path, int maxBytes) =>
        SafePath.WhyNotAllowed(path)
        ?? (path.Split('/').Any(part => Encoding.UTF8.GetByteCount(part) > maxBytes) ? "a part of the path is too long" : null);
}
