using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Farm.Server.Worker.Processes;

/// <summary>Limits the memory of each process of a program on Windows, with a job object. The limit stays in force while any of them runs.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsMemoryLimit
{
    private const int ExtendedLimitInformation = 9;
    private const uint LimitProcessMemory = 0x100;

    /// <summary>Limits a program that was just started, and those that it starts; does nothing if the system does not allow it, or the program has ended.</summary>
    /// <param name="process">The program.</param>
    /// <param name="bytes">The memory that each of its processes may commit.</param>
    public static void Apply(Process process, long bytes)
    {
        var job = CreateJobObject(0, null);
        if (job == 0) return;
        try
        {
            var limits = new ExtendedLimits { Basic = new BasicLimits { LimitFlags = LimitProcessMemory }, ProcessMemoryLimit = (nuint)bytes };
            if (SetInformationJobObject(job, ExtendedLimitInformation, ref limits, (uint)Marshal.SizeOf<ExtendedLimits>()))
                AssignProcessToJobObject(job, process.Handle);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // The program has no handle any more.
        }
        finally
        {
            CloseHandle(job);
        }
    }

    [DllImport("kernel32", CharSet = CharSet.Unicode, EntryPoint = "CreateJobObjectW")]
    private static extern nint CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(nint job, int kind, ref ExtendedLimits limits, uint length);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(nint job, nint process);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(nint handle);

    /// <summary>JOBOBJECT_BASIC_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
