using System.Runtime.InteropServices;

namespace Farm.Server;

/// <summary>The memory that the C library keeps after its users have freed it, such as the buffers of decoded images.</summary>
internal static class NativeHeap
{
    /// <summary>Gives it back to the system where the C library can (glibc). Elsewhere it does nothing.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            MallocTrim(0);
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, such as musl.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int MallocTrim(nuint keep);
}
