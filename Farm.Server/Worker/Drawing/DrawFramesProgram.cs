namespace Farm.Server.Worker.Drawing;

/// <summary>Draws frames with output like Blender's, so that the worker tracks their progress.</summary>
internal static class DrawFramesProgram
{
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Canceled; all existing files are complete.</exception>
    public static async Task RunAsync(DrawFramesOptions options, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var frame in options.Frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = time.GetTimestamp();
            var phase = (float)((frame - 1.0) / options.FramesTotal);
            var rgb = FrameDrawer.Draw(options.Width, options.Height, phase - MathF.Floor(phase));
            var drawn = time.GetTimestamp();
            var path = Path.GetFullPath(FrameFileName.For(options.Output, frame));
            Save(path, options, rgb);
            await output.WriteLineAsync($"Fra:{frame} | Sample animation, {options.Width} x {options.Height}");
            await output.WriteLineAsync($"Saved: '{path}'");
            await output.WriteLineAsync($" Time: {Shown(time.GetElapsedTime(started))} (Saving: {Shown(time.GetElapsedTime(drawn))})");
            await output.FlushAsync(cancellationToken);
            if (options.Pause > TimeSpan.Zero) await Task.Delay(options.Pause, time, cancellationToken);
        }
    }

    // Written under a hidden name until it is complete, so that nobody reads a partial frame.
    private static void Save(string path, DrawFramesOptions options, byte[] rgb)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var unfinished = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.part");
        try
        {
            using (var file = File.Create(unfinished)) FramePng.Write(file, options.Width, options.Height, rgb);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string Shown(TimeSpan time) => $"{(int)time.TotalMinutes:00}:{time.Seconds:00}.{time.Milliseconds / 10:00}";
}
