namespace Farm.Server.Worker.Commands;

/// <summary>
/// Renders with Blender, or with a program that has the same output. Each finished or skipped frame is a step; each saved frame is offered for
/// upload.
/// </summary>
internal sealed class BlenderRenderCommand : ITaskCommand
{
    public string Name => "blender-render";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var blendFile = parameters.OptionalText("blendfile");
        List<string> arguments =
        [
            .. parameters.Words("exeArgs"),
            .. parameters.List("argsBefore"),
            .. blendFile.Length > 0 ? [blendFile] : Array.Empty<string>(),
            .. parameters.List("args"),
        ];
        var frames = 0;
        var sawOutput = false;
        await context.RunProgramAsync(parameters.Text("exe"), arguments, LineAsync, cancellationToken);
        await CheckAsync(context, frames, sawOutput, cancellationToken);

        async Task LineAsync(string line)
        {
            if (BlenderOutput.SavedFile(line) is { } path)
            {
                sawOutput = true;
                context.OfferFrame(path);
            }
            if (!BlenderOutput.IsFrameDone(line) && !BlenderOutput.IsFrameSkipped(line)) return;
            frames++;
            if (context.ExpectedSteps > 0) await context.StepAsync(cancellationToken);
        }
    }

    // Blender often exits with 0 after a failed render (no camera, no denoiser, disk full).
    private static async Task CheckAsync(CommandContext context, int frames, bool sawOutput, CancellationToken cancellationToken)
    {
        if (context.ExpectedSteps == 0 || frames >= context.ExpectedSteps) return;
        if (frames == 0 && !sawOutput)
            throw new TaskCommandException($"exit code 0, but none of the {context.ExpectedSteps} expected frames was rendered");
        await context.LogAsync($"blender-render: {frames} of {context.ExpectedSteps} expected frames were reported", cancellationToken);
    }
}
