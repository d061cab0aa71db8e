using Farm.Server.Worker.Processes;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>
/// Runs a workflow: brings its files into a folder of its own, runs the commands of its steps there one after the other, and sends the files that it
/// declares (Contracts/FlowServ/Contract.md section 6.5). When it fails, what the commands wrote is left for people to read.
/// </summary>
internal sealed class WorkflowCommand : ITaskCommand
{
    public string Name => "workflow";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var output = new WorkflowOutput();
        try
        {
            var plan = WorkflowPlan.Read(parameters.Whole);
            using var folder = new RunFolder(ScratchFolder.Create(context.ScratchDirectory));
            await BringFilesAsync(plan, folder, context, cancellationToken);
            await RunStepsAsync(plan, folder, output, context, cancellationToken);
            await SendOutputsAsync(plan, folder, context, cancellationToken);
        }
        catch (CommandFailedException e)
        {
            string[] reason = e is ExitCodeException ? [] : [e.Message];
            await LeaveAsync([.. output.Messages(), .. reason], context, cancellationToken);
            throw;
        }
    }

    private static async Task BringFilesAsync(WorkflowPlan plan, RunFolder folder, CommandContext context, CancellationToken cancellationToken)
    {
        await context.LogAsync($"workflow: {plan.Files.Count} files, {plan.Files.Sum(file => file.Size)} bytes, are brought to {folder.FullPath}", cancellationToken);
        foreach (var file in plan.Files) await context.Files.DownloadAsync(file.Sha256, folder.MakeRoomFor(file.Path), file.Path, cancellationToken);
    }

    private static async Task RunStepsAsync(
        WorkflowPlan plan, RunFolder folder, WorkflowOutput output, CommandContext context, CancellationToken cancellationToken)
    {
        var mark = context.Mark.Begin();
        try
        {
            foreach (var step in plan.Steps)
            {
                await context.LogAsync($"workflow: step {step.Name} (environment {step.Environment ?? "-"})", cancellationToken);
                foreach (var path in step.Outputs ?? []) folder.MakeRoomFor(path);
                for (var i = 0; i < step.Commands.Count; i++)
                {
                    var line = CommandText.Join(step.Commands[i]);
                    await RunAsync($"step {step.Name}, command {i + 1}", line, folder, mark, output, context, cancellationToken);
                }
            }
        }
        finally
        {
            // What a command started and left behind would go on writing into a folder that is about to go.
            await ProcessTree.KillMarkedAsync(mark, context.Time);
            context.Mark.End();
        }
    }

    private static async Task RunAsync(
        string what, string line, RunFolder folder, string mark, WorkflowOutput output, CommandContext context, CancellationToken cancellationToken)
    {
        await context.LogAsync($"workflow: {line}", cancellationToken);
        int exitCode;
        try
        {
            exitCode = await context.Processes.RunAsync(
                Shell.Run(line, folder.FullPath), mark, written => context.LogLineAsync(written, cancellationToken), output.Add, cancellationToken);
        }
        finally
        {
            output.EndCommand();
        }
        if (exitCode != 0) throw new ExitCodeException($"exit code {exitCode} of {what}");
        if (context.ExpectedSteps > 0) await context.StepAsync(cancellationToken);
    }

    /// <summary>Nothing is sent before all is there.</summary>
    private static async Task SendOutputsAsync(WorkflowPlan plan, RunFolder folder, CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var path in plan.Outputs)
        {
            if (!File.Exists(folder.Resolve(path))) throw new CommandFailedException($"the declared file '{path}' was not written");
        }

        foreach (var path in plan.Outputs) await context.Files.UploadAsync(folder.Resolve(path), path, cancellationToken);
    }

    private static async Task LeaveAsync(IReadOnlyList<string> messages, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Files.LeaveMessagesAsync(messages, cancellationToken);
        }
        catch (CommandFailedException e)
        {
            await context.LogAsync($"workflow: the output is only in this log: {e.Message}", cancellationToken);
        }
    }
}
