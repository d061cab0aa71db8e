namespace Farm.Tests.Drills.Log;

/// <summary>Tears the end of a file.</summary>
internal static class TornFile
{
    private const int LargestHole = 8192;

    /// <summary>Tears it between two lengths, and answers with what was done.</summary>
    public static string Tear(string path, long from, long to, Random random)
    {
        var at = random.NextInt64(from, to + 1);
        var tear = (Tear)random.Next(4);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var length = tear == Log.Tear.Hole ? Math.Min(file.Length - at, random.Next(1, LargestHole)) : file.Length - at;
        if (tear == Log.Tear.Cut)
        {
            file.SetLength(at);
        }
        else
        {
            var bytes = new byte[length];
            if (tear == Log.Tear.Garbage) random.NextBytes(bytes);
            file.Position = at;
            file.Write(bytes);
        }

        return $"{tear} of {length:N0} bytes at {at:N0}";
    }
}
