using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>
/// Runs a task of an Open Job Description template in its own session. Parameters: <c>session</c> (the actions), <c>values</c> and <c>task</c>
/// (values of references), <c>path_names</c>/<c>paths</c> and <c>task_path_names</c>/<c>task_paths</c> (values that are paths of this machine),
/// <c>mapping</c>/<c>mapping_targets</c> (path mapping rules).
/// </summary>
internal sealed class OpenJobRunCommand : ITaskCommand
{
    public string Name => "openjd-run";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var plan = SessionPlan.Read(parameters.Object("session"));
        var given = new SessionValues(parameters);
        try
        {
            using var directory = new SessionDirectory(ScratchFolder.Create(context.ScratchDirectory));
            var hasRules = directory.WritePathMapping(Sources(parameters), parameters.List("mapping_targets"));
            var values = given.With(
            [
                new("Session.WorkingDirectory", directory.FullPath),
                new("Session.HasPathMappingRules", hasRules ? "true" : "false"),
                new("Session.PathMappingRulesFile", directory.PathMappingFile),
            ]);
            await new Session(plan, values, directory, context).RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TaskCommandException($"cannot use the session directory: {e.Message}");
        }

        if (context.ExpectedSteps > 0) await context.ProgressAsync(context.ExpectedSteps, cancellationToken);
    }

    private static List<string> Sources(CommandParameters parameters) => !parameters.Has("mapping") ? []
        : [.. parameters.Object("mapping").GetProperty("sources").EnumerateArray().Select(source => source.GetString()!)];
}
