using System.Net;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Events;
using Farm.Server.Hosting.Configuration;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.BuiltIn;
using Farm.Server.Operations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Templates;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>Puts the store and all operations into the services.</summary>
internal static class FarmServices
{
    /// <summary>Adds the store, the operations and what works in the background. The store is opened when it is first asked for.</summary>
    public static IServiceCollection AddFarmOperations(this IServiceCollection services, FarmHostOptions options) => services
        .AddSettings(options)
        .AddSingleton(options.Time)
        .AddStore(options)
        .AddJobs()
        .AddTasksAndWorkers()
        .AddAccounts()
        .AddFiles()
        .AddProjects()
        .AddWorkflows()
        .AddBatches(options)
        .AddImages(options)
        .AddShaman(options)
        .AddQueries()
        .AddHostedService<Maintenance>();

    private static IServiceCollection AddSettings(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(provider => new CurrentSettings(
            new SettingsSource(options.SettingsPath, options.Directory.SharedStorage), options.Settings,
            provider.GetRequiredService<ILogger<CurrentSettings>>()))
        .AddSingleton<IFarmConfiguration>(provider => provider.GetRequiredService<CurrentSettings>())
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Settings)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Limits)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Variables)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Flamenco)
        .AddSingleton(provider => new SetupAssistant(provider.GetRequiredService<IFarmConfiguration>(), VariableSettings.OwnPlatform))
        .AddSingleton(new BlenderFinder(Environment.GetEnvironmentVariable("PATH")))
        .AddHostedService<SettingsWatch>();

    private static IServiceCollection AddStore(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton<FarmEvents>()
        .AddSingleton(options.Directory)
        .AddSingleton(provider => FarmStore.Open(
            options.Directory, options.Time, provider.GetRequiredService<FarmEvents>(), provider.GetRequiredService<ILogger<FarmStore>>()))
        .AddSingleton<IReadStore>(provider => provider.GetRequiredService<FarmStore>())
        .AddSingleton(_ => AdministratorToken.OfDirectory(options.Directory))
        .AddSingleton<Backups>();

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton(provider => new TemplateFolder(
            provider.GetRequiredService<DataDirectory>().Templates, provider.GetRequiredService<FarmEvents>(), provider.GetRequiredService<ILogger<TemplateFolder>>()))
        .AddHostedService<TemplateWatch>()
        .AddSingleton(provider => new JobTypeRegistry(BuiltInJobTypes.All, provider.GetRequiredService<TemplateFolder>()))
        .AddSingleton<JobBuilder>()
        .AddSingleton<JobSubmitter>()
        .AddSingleton<JobControl>()
        .AddSingleton<JobBlocklist>()
        .AddSingleton<JobKinds>()
        .AddSingleton<JobTransitions>()
        .AddSingleton<JobDeletion>()
        .AddSingleton<OpenJobs>()
        .AddSingleton<IJobFiles, JobImageFiles>()
        .AddSingleton<BulkUpdateService>()
        .AddHostedService(provider => provider.GetRequiredService<BulkUpdateService>());

    private static IServiceCollection AddTasksAndWorkers(this IServiceCollection services) => services
        .AddSingleton<TaskChanges>()
        .AddSingleton<TaskSlices>()
        .AddSingleton<TaskTransitions>()
        .AddSingleton<TaskRequeue>()
        .AddSingleton<TaskFailures>()
        .AddSingleton<WorkerProtocols>()
        .AddSingleton<Scheduler>()
        .AddSingleton<RunPermission>()
        .AddSingleton<TaskUpdates>()
        .AddSingleton<TaskControl>()
        .AddSingleton<TaskCommands>()
        .AddSingleton<WorkerAuthentication>()
        .AddSingleton<WorkerRegistry>()
        .AddSingleton<WorkerPresence>()
        .AddSingleton<WorkerTags>()
        .AddSingleton<SleepSchedules>()
        .AddSingleton<Heartbeats>()
        .AddSingleton<Timeouts>();

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton(provider => SessionTokens.OfDirectory(provider.GetRequiredService<FarmStore>().Directory))
        .AddSingleton<Sessions>()
        .AddSingleton<FarmAccounts>()
        .AddSingleton<PasswordRequests>();

    private static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<ContentStore>()
        .AddSingleton<ContentGarbage>()
        .AddSingleton<ArtifactUploads>()
        .AddSingleton<ArtifactArchive>()
        .AddSingleton<TaskMessages>()
        .AddSingleton<TaskInputs>();

    private static IServiceCollection AddProjects(this IServiceCollection services) => services
        .AddLogging(logging => logging.AddFilter(typeof(ProjectLog).FullName, LogLevel.Trace))
        .AddSingleton<JobKind, ProjectKind>()
        .AddSingleton<WorkerProtocol, TrackerWorkerProtocol>()
        .AddSingleton<ProjectLog>()
        .AddSingleton<ProjectControl>()
        .AddSingleton<ProjectAccessControl>()
        .AddSingleton<ProjectSecrets>()
        .AddSingleton<ProjectMaintenance>()
        .AddSingleton<ProjectQueries>()
        .AddSingleton<ProjectWebhook>()
        .AddSingleton<ProjectSnapshots>()
        .AddHostedService<ProjectTimers>()
        .AddSingleton<TrackerWorkers>()
        .AddSingleton<ProjectRates>()
        .AddSingleton<RecipeSubmission>()
        .AddSingleton<RecipeHandout>()
        .AddSingleton<RecipeReleases>()
        .AddSingleton<RecipeTimeouts>()
        .AddHostedService(provider => provider.GetRequiredService<RecipeTimeouts>());

    private static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddSingleton<JobKind, RunKind>()
        .AddSingleton(new ProjectLimits())
        .AddSingleton<WorkflowInstaller>()
        .AddSingleton<WorkflowCatalog>()
        .AddSingleton<WorkflowOverview>()
        .AddSingleton<WorkflowGroups>()
        .AddSingleton<GroupUploads>()
        .AddSingleton<WorkflowRuns>()
        .AddSingleton<RunFiles>()
        .AddSingleton<Leaderboards>();

    private static IServiceCollection AddBatches(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(options.Settings.Contracts.GetValueOrDefault(BatchWorkers.Contract)?.Batches ?? new BatchSettings())
        .AddSingleton<JobKind, SeedKind>()
        .AddSingleton<WorkerProtocol, AspireWorkers>()
        .AddSingleton<BatchTransitions>()
        .AddSingleton<BatchReturns>()
        .AddSingleton<Seeds>()
        .AddSingleton<EntryPush>()
        .AddSingleton<BatchFetch>()
        .AddSingleton<BatchControl>()
        .AddSingleton<BatchReleases>()
        .AddSingleton<LostWorkers>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ReleaseForwarder>(
            provider, (Func<IPAddress, bool>)options.Settings.Security.Networks.Contains))
        .AddHostedService(provider => provider.GetRequiredService<ReleaseForwarder>());

    private static IServiceCollection AddImages(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(new ImageSettings { ArtifactsDirectory = options.Directory.Artifacts })
        .AddSingleton(provider =>
        {
            var store = provider.GetRequiredService<FarmStore>();
            return new LastRenderedImages(
                provider.GetRequiredService<ImageSettings>(),
                options.Time,
                (image, _) => TaskImages.Remember(store, image),
                provider.GetRequiredService<ILogger<LastRenderedImages>>());
        })
        .AddHostedService(provider => provider.GetRequiredService<LastRenderedImages>())
        .AddSingleton<TaskImages>();

    private static IServiceCollection AddShaman(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(options.Settings.Shaman)
        .AddSingleton(new ShamanStorage(
            options.Settings.SharedStoragePath is { Length: > 0 } shared ? shared : options.Directory.SharedStorage))
        .AddSingleton<WorkerProtocol, FlamencoWorkers>()
        .AddSingleton<IJobFiles, ShamanJobFiles>()
        .AddSingleton<ShamanTrouble>()
        .AddSingleton<ShamanFileStore>()
        .AddSingleton<ShamanUploads>()
        .AddSingleton<CheckoutTree>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ShamanCheckouts>(provider, Random.Shared))
        .AddSingleton<ShamanGarbage>()
        .AddHostedService<ShamanMaintenance>();

    private static IServiceCollection AddQueries(this IServiceCollection services) => services
        .AddSingleton<FarmStatusQuery>();
}
