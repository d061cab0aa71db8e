using System.Security.Cryptography;
using System.Text;
using Farm.Server.Operations.Files;

namespace Farm.Server.Operations.Backups;

/// <summary>The checksums of a backup folder, in the form of the program <c>sha256sum</c>, which can check them too.</summary>
internal static class Checksums
{
    private const string FileName = "SHA256SUMS";
    private const int HashDigits = 64;
    private const string Gap = "  ";

    /// <summary>Whether a folder has checksums.</summary>
    public static bool Exist(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Writes the checksums of all files in a folder. A stored content bears its own as its name, and is not read.</summary>
    /// <exception cref="IOException">A file cannot be read, or the checksums not be written.</exception>
    public static void Write(string folder)
    {
        var sums = new StringBuilder();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (name != FileName) sums.Append(ContentFiles.IsHash(Path.GetFileName(path)) ? Path.GetFileName(path) : Of(path)).Append(Gap).Append(name).Append('\n');
        }

        PrivateFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(sums.ToString()));
    }

    /// <summary>Compares the files of a folder with its checksums; returns the first problem, or null.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="readsContents">Whether to read stored contents, which may take long; otherwise they must only be there.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string? FindProblem(string folder, bool readsContents)
    {
        if (!Exist(folder)) return null;
        foreach (var line in File.ReadLines(Path.Combine(folder, FileName)))
        {
            if (line.Length <= HashDigits + Gap.Length || SafePath.Resolve(folder, line[(HashDigits + Gap.Length)..]) is not { } path)
                return $"{FileName} is damaged";
            var name = line[(HashDigits + Gap.Length)..];
            if (!File.Exists(path)) return $"{name} is missing";
            if (!readsContents && ContentFiles.IsHash(Path.GetFileName(path))) continue;
            if (Of(path) != line[..HashDigits]) return $"{name} is damaged";
        }

        return null;
    }

    private static string Of(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.SequentialScan });
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
