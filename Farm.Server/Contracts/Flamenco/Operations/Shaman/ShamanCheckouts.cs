using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>A checkout that was made, or the files that it lacks.</summary>
/// <param name="Path">Where it is below <c>{jobs}</c>; null when files are missing.</param>
/// <param name="Missing">The files that are not stored.</param>
internal sealed record Checkout(string? Path, IReadOnlyList<FileKey> Missing);

/// <summary>A file that has to be sent before it can be checked out.</summary>
internal sealed record RequiredFile(ShamanFile File, FileStatus Status);

/// <summary>Puts stored files together in directories that jobs work in (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed class ShamanCheckouts(
    ShamanStorage storage, ShamanFileStore stored, CheckoutTree tree, ShamanTrouble trouble, Random random, ILogger<ShamanCheckouts> log)
{
    private const int MostTries = 100;
    private readonly Lock _placing = new();

    /// <summary>Those of the files that are not stored, each once. Those that are stored are kept for another while.</summary>
    /// <exception cref="FarmException">A path leads out of the checkout, or is none.</exception>
    public IReadOnlyList<RequiredFile> Requirements(IReadOnlyList<ShamanFile> files)
    {
        Check(CheckoutRules.WhyNotAllowed(files));
        return trouble.Guard<IReadOnlyList<RequiredFile>>(() =>
        [
            .. files.DistinctBy(file => file.Key)
                .Select(file => new RequiredFile(file, stored.Ask(file.Key)))
                .Where(file => file.Status != FileStatus.Stored),
        ]);
    }

    /// <summary>
    /// Makes a directory of exactly these files. It appears whole or not at all; where the name is taken it gets a suffix. What was there
    /// before is never touched.
    /// </summary>
    /// <exception cref="FarmException">A path cannot be used, or no free name was found.</exception>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public Checkout Create(string checkoutPath, IReadOnlyList<ShamanFile> files)
    {
        Check(CheckoutRules.WhyNotAllowed(checkoutPath) ?? CheckoutRules.WhyNotAllowed(files));
        return trouble.Guard(() =>
        {
            using var pins = stored.Pin([.. files.Select(file => file.Key).Distinct()], out var missing);
            if (pins is null) return new Checkout(null, missing);
            var parent = RealParent(checkoutPath, out var reason) ?? throw FarmException.Invalid($"checkout path: {reason}");
            var staging = storage.NewTemporary("checkout");
            try
            {
                MakeParent(parent);
                Directory.CreateDirectory(storage.Uploading);
                tree.Write(staging, files, $"../{Path.GetRelativePath(parent, SafePath.RealPath(storage.Root)!).Replace('\\', '/')}");
                var suffix = Place(staging, parent, NameOf(checkoutPath));
                DurableDirectory.Flush(parent);
                return new Checkout(checkoutPath + suffix, []);
            }
            finally
            {
                if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            }
        });
    }

    /// <summary>Removes a checkout, and what was written into it; other directories are left alone. What cannot be removed is logged.</summary>
    public void Remove(string checkoutPath)
    {
        if (CheckoutRules.WhyNotAllowed(checkoutPath) is not null || RealParent(checkoutPath, out _) is not { } parent) return;
        var directory = Path.Combine(parent, NameOf(checkoutPath));
        try
        {
            if (new DirectoryInfo(directory) is not { Exists: true, LinkTarget: null }) return;
            if (Directory.EnumerateFileSystemEntries(directory).Any() && !CheckoutLinks.In(directory).Any())
            {
                log.LogWarning("{Directory} is not removed with its job: nothing in it comes from an upload", directory);
                return;
            }

            // Moved first, so that nobody ever sees half of it.
            Directory.CreateDirectory(storage.Uploading);
            var rubbish = storage.NewTemporary("removed");
            lock (_placing)
            {
                Directory.Move(directory, rubbish);
                RemoveEmpty(parent);
            }

            Directory.Delete(rubbish, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The files of a removed job stay in {Directory}: {Reason}", directory, problem.Message);
        }
    }

    private static void Check(string? objection)
    {
        if (objection is not null) throw FarmException.Invalid(objection);
    }

    private static string NameOf(string checkoutPath) => checkoutPath[(checkoutPath.LastIndexOf('/') + 1)..];

    /// <summary>The directory that a checkout is in, links followed; null when they lead out of the shared storage.</summary>
    private string? RealParent(string checkoutPath, out string reason)
    {
        var slash = checkoutPath.LastIndexOf('/');
        var above = slash < 0 ? "" : $"/{checkoutPath[..slash]}";
        return SafePath.Resolve(storage.Root, ShamanSettings.CheckoutsFolder + above, out reason);
    }

    private static void MakeParent(string parent)
    {
        for (var above = parent; above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above)) throw FarmException.Conflict("a part of the checkout path is a file");
        }

        DurableDirectory.Create(parent);
    }

    private string Place(string staging, string parent, string name)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var suffix = tries == 0 ? "" : $"-{random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", CheckoutRules.SuffixLength)}";
            var place = Path.Combine(parent, name + suffix);
            lock (_placing)
            {
                if (IsTaken(place)) continue;
                // The last checkout in it may have been removed since.
                Directory.CreateDirectory(parent);
                Directory.Move(staging, place);
                return suffix;
            }
        }

        throw FarmException.Conflict("no free name was found for the checkout; choose another checkoutPath");
    }

    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private void RemoveEmpty(string directory)
    {
        var checkouts = SafePath.RealPath(storage.Checkouts);
        for (var empty = directory; empty != checkouts && !Directory.EnumerateFileSystemEntries(empty).Any(); empty = Path.GetDirectoryName(empty)!)
            Directory.Delete(empty);
    }
}
