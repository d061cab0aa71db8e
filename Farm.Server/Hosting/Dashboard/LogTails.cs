using System.Text;
using Farm.Dashboard.Ports;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Reads the end of task logs.</summary>
internal static class LogTails
{
    /// <summary>The last bytes of a task's log, from the start of a line on; null if there is no log.</summary>
    public static LogTail? Read(StoreSession db, long taskId, int maxBytes)
    {
        // One byte more, to know whether the part begins at a line.
        if (TaskLogView.Tail(db, taskId, maxBytes + 1) is not { } bytes) return null;
        var size = TaskLogView.Size(db, taskId);
        if (size <= maxBytes) return new LogTail(Encoding.UTF8.GetString(bytes), size, IsWhole: true);
        var start = Array.IndexOf(bytes, (byte)'\n') + 1;
        // A last line that is longer than the limit is cut.
        if (start == bytes.Length) start = FirstCharacter(bytes, bytes.Length - maxBytes);
        return new LogTail(Encoding.UTF8.GetString(bytes.AsSpan(start)), size, IsWhole: false);
    }

    private static int FirstCharacter(byte[] bytes, int from)
    {
        var start = Math.Max(0, from);
        while (start < bytes.Length && (bytes[start] & 0xC0) == 0x80) start++;
        return start;
    }
}
