using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Templates;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Job types as forms, and the submission of those forms.</summary>
internal sealed class DashboardJobTypes(JobTypeRegistry types, TemplateFolder templates, JobSubmitter submitter, DashboardPeople people) : IJobTypes
{
    /// <summary>Paths entered on a page are those of the server.</summary>
    private const string Platform = "manager";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <inheritdoc/>
    public async Task<JobTypeList> ListAsync(CancellationToken cancellationToken) => new(
        [.. types.All.Select(type => Row(type.Info))],
        [
            .. templates.Files.Where(file => file.Problems.Count > 0).Select(file => new BrokenTemplate(
                file.FileName, [.. file.Problems.Select(problem => new TemplateFault(problem.Line, problem.Path, problem.Reason))])),
        ],
        (await people.CallerAsync()).May(Permission.ManageSettings) ? templates.FullPath : null);

    /// <inheritdoc/>
    public Task<JobTypeForm?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(
        types.Find(name) is { } type ? new JobTypeForm(Row(type.Info), [.. type.Info.Settings.Select(JobFields.Of)]) : null);

    /// <inheritdoc/>
    public Task<JobPreview> PreviewAsync(JobRequest request, int mostTasks, CancellationToken cancellationToken) =>
        Task.Run(() => TryAsync(() => Task.FromResult(Show(submitter.Preview(Job(request)), mostTasks))), cancellationToken);

    /// <inheritdoc/>
    public Task<Guid> SubmitAsync(JobRequest request, CancellationToken cancellationToken) =>
        Task.Run(() => TryAsync(async () => await submitter.SubmitAsync(await people.CallerAsync(), Job(request))), cancellationToken);

    private JobTypeRow Row(JobTypeInfo info) =>
        new(info.Name, info.Label, info.Description, templates.Types.Any(type => type.Info.Name == info.Name));

    private NewJob Job(JobRequest request)
    {
        if (request.Priority is < 0 or > 100) throw FarmException.Invalid($"the priority must be from 0 to 100, not {request.Priority}");
        var type = types.Find(request.Type) ?? throw FarmException.Invalid($"job type \"{request.Type}\" not found");
        var settings = new JsonObject();
        foreach (var setting in type.Info.Settings)
        {
            if (request.Values.TryGetValue(setting.Key, out var text) && JobFields.Value(setting, text) is { } value) settings[setting.Key] = value;
        }

        return new NewJob(request.Name.Length > 0 ? request.Name : request.Type, request.Type)
        {
            Priority = request.Priority,
            Settings = new JobSettings(settings),
            SubmitterPlatform = Platform,
        };
    }

    private static JobPreview Show(JobDraft draft, int mostTasks) => new(draft.Name, draft.TaskCount,
    [
        .. draft.Stages.Select(stage =>
        {
            // One more than is shown, to know whether there are more.
            var first = stage.Tasks.Take(mostTasks + 1).ToList();
            return new PreviewStep(
                stage.Name, stage.TaskType, [.. stage.DependsOn.Select(on => draft.Stages[on].Name)],
                [.. first.Take(mostTasks).Select(task => new PreviewTask(task.Name, [.. CommandLines.Of(stage, task)]))], first.Count > mostTasks);
        }),
    ]);

    private static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FarmException error)
        {
            var fields = (error.InnerException as JobCompilationException)?.Settings ?? None;
            throw new JobRejectedException($"The job was not submitted: {error.Message.TrimEnd('.')}.", fields);
        }
    }
}
