using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Flamenco.Endpoints;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>Maps between Shaman files and messages of this protocol (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal static class ShamanMapping
{
    /// <summary>The name of a file status.</summary>
    public static string Wire(this FileStatus status) => status switch
    {
        FileStatus.Unknown => "unknown",
        FileStatus.Uploading => "uploading",
        FileStatus.Stored => "stored",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Reads the files in a request.</summary>
    /// <exception cref="FlamencoException">A hash or size is malformed.</exception>
    public static IReadOnlyList<ShamanFile> Files(RequestBody body) => [.. body.Parts("files").Select(file =>
    {
        var path = file.Text("path");
        var key = FileKey.TryCreate(file.Text("sha"), file.Bytes("size"));
        return new ShamanFile(key ?? throw FlamencoException.Malformed($"the sha of file \"{path}\" must be a SHA-256 of 64 hexadecimal digits"), path);
    })];

    /// <summary>The files that must be uploaded.</summary>
    public static ShamanRequirementsMessage Message(IReadOnlyList<RequiredFile> files) => new(
        [.. files.Select(file => new ShamanRequiredFile(file.File.Key.Sha, file.File.Key.Size, file.File.Path, file.Status.Wire()))]);

    /// <summary>The error message for files that were not uploaded.</summary>
    public static string MissingFiles(IReadOnlyList<ShamanFile> files, IReadOnlyList<FileKey> missing)
    {
        var more = missing.Count > 1 ? $" and {missing.Count - 1} more" : "";
        return $"not uploaded yet: {files.First(file => file.Key == missing[0]).Path}{more}";
    }
}
