using System.Formats.Tar;
using System.IO.Compression;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Limits of a project folder.</summary>
/// <param name="Bytes">Total size of its files.</param>
/// <param name="Files">Number of files.</param>
internal sealed record ProjectLimits(long Bytes = 1024L * 1024 * 1024, int Files = 2000);

/// <summary>Unpacks a project folder (.zip or .tar.gz) into the content store.</summary>
/// <param name="content">The content store, which later removes files that no workflow uses.</param>
/// <param name="limits">Limits of the unpacked files.</param>
internal sealed class ProjectArchive(ContentStore content, ProjectLimits limits)
{
    private static readonly byte[] ZipSignature = "PK"u8.ToArray();

    private readonly Dictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Unpacks an archive, without a single outer folder.</summary>
    /// <param name="archive">The archive, seekable.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <returns>The stored files by path.</returns>
    /// <exception cref="FarmException">It is not such an archive, is too big, or has a link or a path outside the folder.</exception>
    public async Task<IReadOnlyDictionary<string, StoredFile>> UnpackAsync(Stream archive, CancellationToken cancellationToken)
    {
        var mark = new byte[ZipSignature.Length];
        var read = await archive.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken);
        archive.Position = 0;
        try
        {
            if (read == mark.Length && mark.SequenceEqual(ZipSignature)) await UnpackZipAsync(archive, cancellationToken);
            else await UnpackTarAsync(archive, cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw FarmException.Invalid($"not a complete .zip or .tar.gz: {broken.Message}");
        }

        return WithoutOuterFolder();
    }

    private async Task UnpackZipAsync(Stream archive, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(archive, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            await using var stream = await entry.OpenAsync(cancellationToken);
            await AddAsync(entry.FullName, stream, cancellationToken);
        }
    }

    private async Task UnpackTarAsync(Stream archive, CancellationToken cancellationToken)
    {
        await using var plain = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        await using var headers = new HeaderBudget(plain);
        await using var tar = new TarReader(headers, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    headers.IsInFile = true;
                    await AddAsync(entry.Name, entry.DataStream ?? Stream.Null, cancellationToken);
                    headers.IsInFile = false;
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    throw FarmException.Invalid($"'{entry.Name}' is a link; put the file itself into the project folder");
            }
        }
    }

    private async Task AddAsync(string name, Stream stream, CancellationToken cancellationToken)
    {
        var path = RunPath.Clean(name.Replace('\\', '/')) is { Length: > 0 } clean ? clean : throw FarmException.Invalid($"'{name}' is not a path inside the project folder");
        if (_files.Count == limits.Files) throw FarmException.Invalid($"the project folder has more than {limits.Files} files");
        var file = await content.PutAsync(stream, limits.Bytes - _bytes, cancellationToken);
        _bytes += file.Size;
        if (!_files.TryAdd(path, file)) throw FarmException.Invalid($"the archive contains '{path}' twice");
    }

    private IReadOnlyDictionary<string, StoredFile> WithoutOuterFolder()
    {
        if (Manifest.FileNames.Any(_files.ContainsKey)) return _files;
        var folders = _files.Keys.Select(path => path[..(path.IndexOf('/') + 1)]).Distinct().ToList();
        return folders is [{ Length: > 0 } folder] ? _files.ToDictionary(file => file.Key[folder.Length..], file => file.Value) : _files;
    }
}
