using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>The result of creating a checkout.</summary>
/// <param name="Path">Its path below <c>{jobs}</c>; null when files are missing.</param>
/// <param name="Missing">The files that must be uploaded first.</param>
internal sealed record Checkout(string? Path, IReadOnlyList<FileKey> Missing);

/// <summary>A file that must be uploaded before it can be checked out.</summary>
internal sealed record RequiredFile(ShamanFile File, FileStatus Status);

/// <summary>Creates and removes checkouts: directories of stored files for jobs (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed class ShamanCheckouts(
    ShamanStorage storage, ShamanFileStore stored, CheckoutTree tree, ShamanStorageGuard guard, Random random, ILogger<ShamanCheckouts> log)
{
    private const int MaxTries = 100;
    private readonly Lock _moving = new();

    /// <summary>Called when a checkout is in its place; replaced in tests.</summary>
    internal Action BeforeCheck { get; set; } = static () => { };

    /// <summary>Called before a checkout is moved to a free place; replaced in tests.</summary>
    internal Action<string> BeforeMove { get; set; } = static _ => { };

    /// <summary>The files that must be uploaded, without duplicates. Stored ones are kept from garbage collection for a while.</summary>
    /// <exception cref="FarmException">A path is not allowed.</exception>
    public IReadOnlyList<RequiredFile> Requirements(IReadOnlyList<ShamanFile> files)
    {
        Check(CheckoutRules.WhyNotAllowed(files));
        var distinct = files.DistinctBy(file => file.Key).ToList();
        return guard.Guard<IReadOnlyList<RequiredFile>>(() =>
        [
            .. distinct.Zip(stored.CheckAndTouch(distinct.Select(file => file.Key)), (file, status) => new RequiredFile(file, status))
                .Where(file => file.Status != FileStatus.Stored),
        ]);
    }

    /// <summary>
    /// Creates a directory of exactly these files, atomically. When the name is taken it gets a suffix; existing directories are never changed.
    /// </summary>
    /// <exception cref="FarmException">The caller may not submit, a path is not allowed, or no free name was found.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public Checkout Create(Caller caller, string checkoutPath, IReadOnlyList<ShamanFile> files)
    {
        caller.Demand(Permission.SubmitJobs);
        Check(CheckoutRules.WhyNotAllowed(checkoutPath) ?? CheckoutRules.WhyNotAllowed(files));
        return guard.Guard(() =>
        {
            List<FileKey> keys = [.. files.Select(file => file.Key).Distinct()];
            using var pins = stored.Pin(keys, out var missing);
            if (pins is null) return new Checkout(null, missing);
            var parent = RealParent(checkoutPath, out var reason) ?? throw FarmException.Invalid($"checkout path: {reason}");
            var staging = storage.NewTemporaryPath("checkout");
            try
            {
                MakeParent(parent);
                FolderAccess.CreateDirectory(storage.Uploading);
                tree.Write(staging, files, $"../{Path.GetRelativePath(parent, SafePath.RealPath(storage.Root)!).Replace('\\', '/')}");
                var suffix = MoveIntoPlace(staging, parent, NameOf(checkoutPath));
                DurableDirectory.Flush(parent);
                // Now that others can see the links: what another manager removed before is reported, what is there it will keep.
                BeforeCheck();
                missing = stored.MissingAfterCheckout(keys);
                if (missing.Count == 0) return new Checkout(checkoutPath + suffix, []);
                Directory.Move(Path.Combine(parent, NameOf(checkoutPath) + suffix), staging);
                return new Checkout(null, missing);
            }
            finally
            {
                if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
            }
        });
    }

    /// <summary>Removes a checkout with everything in it. Skips directories that are not checkouts; logs what cannot be removed.</summary>
    public void Remove(string checkoutPath)
    {
        if (CheckoutRules.WhyNotAllowed(checkoutPath) is not null || RealParent(checkoutPath, out _) is not { } parent) return;
        var directory = Path.Combine(parent, NameOf(checkoutPath));
        try
        {
            if (new DirectoryInfo(directory) is not { Exists: true, LinkTarget: null }) return;
            if (Directory.EnumerateFileSystemEntries(directory).Any() && !CheckoutLinks.In(directory).Any())
            {
                log.LogWarning("Kept {Directory} of a deleted job: nothing in it was uploaded", directory);
                return;
            }

            // Moved first, so that nobody sees it half removed.
            FolderAccess.CreateDirectory(storage.Uploading);
            var trash = storage.NewTemporaryPath("removed");
            lock (_moving)
            {
                Directory.Move(directory, trash);
                RemoveEmpty(parent);
            }

            Directory.Delete(trash, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove the files of a deleted job from {Directory}: {Reason}", directory, problem.Message);
        }
    }

    private static void Check(string? problem)
    {
        if (problem is not null) throw FarmException.Invalid(problem);
    }

    private static string NameOf(string checkoutPath) => checkoutPath[(checkoutPath.LastIndexOf('/') + 1)..];

    /// <summary>The parent directory of a checkout, links resolved; null when it is outside the shared storage.</summary>
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

    private string MoveIntoPlace(string staging, string parent, string name)
    {
        var suffix = "";
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var place = Path.Combine(parent, name + suffix);
            lock (_moving)
            {
                if (!IsTaken(place) && TryMove(staging, parent, place)) return suffix;
                if (IsTaken(place)) suffix = $"-{random.GetString("abcdefghijklmnopqrstuvwxyz0123456789", CheckoutRules.SuffixLength)}";
            }
        }

        throw FarmException.Conflict("found no free name for the checkout; choose another checkoutPath");
    }

    /// <summary>False if another manager took the place or removed the parent meanwhile.</summary>
    private bool TryMove(string staging, string parent, string place)
    {
        // Removing the last checkout in it may have removed the parent.
        FolderAccess.CreateDirectory(parent);
        BeforeMove(place);
        try
        {
            Directory.Move(staging, place);
            return true;
        }
        catch (IOException) when (storage.IsShared && Directory.Exists(staging) && (IsTaken(place) || !Directory.Exists(parent)))
        {
            return false;
        }
    }

    private static bool IsTaken(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private void RemoveEmpty(string directory)
    {
        var checkouts = SafePath.RealPath(storage.Checkouts);
        try
        {
            for (var empty = directory; empty != checkouts && !Directory.EnumerateFileSystemEntries(empty).Any(); empty = Path.GetDirectoryName(empty)!)
                Directory.Delete(empty);
        }
        catch (IOException) when (storage.IsShared)
        {
            // Another manager uses or removed it.
        }
    }
}
