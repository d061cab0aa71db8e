using Farm.Server.Worker.Processes;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>
/// Runs a workflow: downloads its files into a temporary folder, runs the commands of its steps there, and uploads its declared outputs
/// (Contracts/FlowServ/Contract.md section 6.5). If it fails, the output of the commands is stored as messages.
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
            await DownloadFilesAsync(plan, folder, context, cancellationToken);
            await RunStepsAsync(plan, folder, output, context, cancellationToken);
            await SendOutputsAsync(plan, folder, context, cancellationToken);
        }
        catch (TaskCommandException e)
        {
            string[] reason = e is ExitCodeException ? [] : [e.Message];
            await StoreMessagesAsync([.. output.Messages(), .. reason], context, cancellationToken);
            throw;
        }
    }

    private static async Task DownloadFilesAsync(WorkflowPlan plan, RunFolder folder, CommandContext context, CancellationToken cancellationToken)
    {
        await context.LogAsync($"workflow: downloading {plan.Files.Count} files, {plan.Files.Sum(file => file.Size)} bytes, to {folder.FullPath}", cancellationToken);
        foreach (var file in plan.Files) await context.Files.DownloadAsync(file.Sha256, folder.CreateParentDirectory(file.Path), file.Path, cancellationToken);
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
                foreach (var path in step.Outputs ?? []) folder.CreateParentDirectory(path);
                for (var i = 0; i < step.Commands.Count; i++)
                {
                    var command = CommandText.Join(step.Commands[i]);
                    await RunAsync($"step {step.Name}, command {i + 1}", command, folder, mark, output, context, cancellationToken);
                }
            }
        }
        finally
        {
            // Processes that a command left running would keep writing into the folder.
            await ProcessTree.KillMarkedAsync(mark, context.Time);
            context.Mark.End();
        }
    }

    private static async Task RunAsync(
        string what, ShellCommand command, RunFolder folder, string mark, WorkflowOutput output, CommandContext context, CancellationToken cancellationToken)
    {
        await context.LogAsync($"workflow: {command.Line}", cancellationToken);
        foreach (var (name, value) in command.Variables) await context.LogAsync($"workflow: {name}={value}", cancellationToken);
        int exitCode;
        try
        {
            exitCode = await context.Processes.RunAsync(
                Shell.Run(command, folder.FullPath), mark, written => context.LogLineAsync(written, cancellationToken), output.Add, cancellationToken);
        }
        finally
        {
            output.EndCommand();
        }
        if (exitCode != 0) throw new ExitCodeException($"exit code {exitCode} of {what}");
        if (context.ExpectedSteps > 0) await context.StepAsync(cancellationToken);
    }

    /// <summary>Uploads only if all files exist.</summary>
    private static async Task SendOutputsAsync(WorkflowPlan plan, RunFolder folder, CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var path in plan.Outputs)
        {
            if (!File.Exists(folder.Resolve(path))) throw new TaskCommandException($"the declared output '{path}' was not written");
        }

        foreach (var path in plan.Outputs) await context.Files.UploadAsync(folder.Resolve(path), path, cancellationToken);
    }

    private static async Task StoreMessagesAsync(IReadOnlyList<string> messages, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Files.StoreMessagesAsync(messages, cancellationToken);
        }
        catch (TaskCommandException e)
        {
            await context.LogAsync($"workflow: could not store the output as messages: {e.Message}", cancellationToken);
        }
    }
}
