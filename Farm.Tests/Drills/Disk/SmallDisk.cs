using System.Diagnostics;
using Farm.Tests.Support;

namespace Farm.Tests.Drills.Disk;

/// <summary>A file system of its own, which can be filled, or made read-only as Linux does it when a disk fails.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string FillerName = "filler";
    private const int Megabyte = 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();

    private SmallDisk() => Directory.CreateDirectory(Root);

    /// <summary>Where it is mounted.</summary>
    public string Root => _directory["disk"];

    /// <summary>Why there can be none; null if there can.</summary>
    public static string? WhySkipped => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? WhyNoMount.Value : "A small file system can be mounted only on Linux, as root.";

    private static readonly Lazy<string?> WhyNoMount = new(() =>
    {
        try
        {
            using var disk = InMemory(1);
            return null;
        }
        catch (InvalidOperationException failure)
        {
            return $"This machine does not mount file systems here: {failure.Message}";
        }
    });

    /// <summary>One of so many megabytes in memory.</summary>
    public static SmallDisk InMemory(int megabytes)
    {
        var disk = new SmallDisk();
        disk.Mount("-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "none");
        return disk;
    }

    /// <summary>An ext4 in a file; null if this machine cannot have one whose errors can be caused.</summary>
    public static SmallDisk? Ext4(int megabytes)
    {
        var disk = new SmallDisk();
        try
        {
            using (var image = File.Create(disk.Image)) image.SetLength((long)megabytes * Megabyte);
            Run("mkfs.ext4", "-q", disk.Image);
            disk.MountImage();
            if (File.Exists(disk.ErrorTrigger)) return disk;
        }
        catch (InvalidOperationException)
        {
            // There is no mkfs.ext4, or there are no loop devices.
        }

        disk.Dispose();
        return null;
    }

    /// <summary>Takes all space that is left.</summary>
    public void Fill()
    {
        try
        {
            using var filler = new FileStream(Path.Combine(Root, FillerName), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var zeros = new byte[4096];
            while (true) filler.Write(zeros);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Path.Combine(Root, FillerName));

    /// <summary>Makes it read-only, as an error of the disk does.</summary>
    public void Fail() => File.WriteAllText(ErrorTrigger, "1");

    /// <summary>Checks and mounts it again; nobody may use it.</summary>
    public void Repair()
    {
        Run("umount", Root);
        // 1: errors were corrected.
        Run("e2fsck", [0, 1], "-fy", Image);
        MountImage();
    }

    public void Dispose()
    {
        try
        {
            Run("umount", "-l", Root);
        }
        catch (InvalidOperationException)
        {
            // It was not mounted.
        }

        _directory.Dispose();
    }

    private string Image => _directory["image"];

    private string ErrorTrigger => $"/sys/fs/ext4/{Path.GetFileName(Run("findmnt", "-n", "-o", "SOURCE", Root).Trim())}/trigger_fs_error";

    private void MountImage() => Mount("-o", "loop,errors=remount-ro", Image);

    private void Mount(params string[] arguments) => Run("mount", [.. arguments, Root]);

    private static string Run(string program, params string[] arguments) => Run(program, [0], arguments);

    private static string Run(string program, int[] expected, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return expected.Contains(process.ExitCode) ? text : throw new InvalidOperationException($"{program}: {errors.Result.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{program}: {missing.Message}");
        }
    }
}
