using System.CommandLine;
using System.CommandLine.Parsing;
using Farm.Server.CommandLine.Terminal;
using Farm.Server.Worker.Drawing;

namespace Farm.Server.CommandLine;

/// <summary>
/// `farm draw-frames`: draws frames of the sample animation. Called by the built-in worker, with arguments like Blender's; not shown
/// in the help.
/// </summary>
internal static class DrawFramesCommand
{
    private const int LargestSide = 8192;

    public static Command Create()
    {
        var path = new Option<string>("--render-output")
        {
            Description = "Path of the files; # characters become the frame number.",
            HelpName = "PATH",
            Required = true,
        };
        var format = new Option<string>("--render-format")
        {
            Description = "The file format; only PNG.",
            DefaultValueFactory = _ => "PNG",
        };
        format.AcceptOnlyFromAmong("PNG");
        var frames = new Option<IReadOnlyList<int>>("--render-frame")
        {
            Description = "The frames to draw: 1..5 or 1,2,5.",
            HelpName = "FRAMES",
            Required = true,
            CustomParser = ParseFrames,
        };
        var total = new Option<int>("--frames-total")
        {
            Description = "Number of frames of the whole animation.",
            HelpName = "N",
            DefaultValueFactory = _ => 24,
        };
        var size = new Option<(int Width, int Height)>("--size")
        {
            Description = "Width and height in pixels.",
            HelpName = "WxH",
            DefaultValueFactory = _ => (960, 540),
            CustomParser = ParseSize,
        };
        var pause = new Option<int>("--pause-ms")
        {
            Description = "Pause after each frame in milliseconds.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        AtLeast(total, 1);
        AtLeast(pause, 0);

        var command = new Command("draw-frames", "Draw frames of the sample animation.") { path, format, frames, total, size, pause };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var (width, height) = parsed.GetValue(size);
            var options = new DrawFramesOptions(
                parsed.GetValue(path)!,
                parsed.GetValue(frames)!,
                parsed.GetValue(total),
                width,
                height,
                TimeSpan.FromMilliseconds(parsed.GetValue(pause)));
            var output = parsed.InvocationConfiguration.Output;
            try
            {
                // The worker that started this reads the names of the files.
                await DrawFramesProgram.RunAsync(options, Console.IsOutputRedirected ? TerminalWriter.Raw(output) : output, TimeProvider.System, cancellation);
                return 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Cannot save a frame: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least) result.AddError($"{option.Name} must be at least {least}");
    });

    private static IReadOnlyList<int>? ParseFrames(ArgumentResult result)
    {
        try
        {
            return FrameNumbers.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"--render-frame: {e.Message}");
            return null;
        }
    }

    private static (int, int) ParseSize(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var parts = text.Split('x');
        if (parts.Length == 2 && int.TryParse(parts[0], out var width) && int.TryParse(parts[1], out var height)
            && width is > 0 and <= LargestSide && height is > 0 and <= LargestSide)
            return (width, height);
        result.AddError($"--size: '{text}' is not a size like 960x540");
        return default;
    }
}
