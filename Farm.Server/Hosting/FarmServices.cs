using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Events;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.BuiltIn;
using Farm.Server.Operations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Operations.Secrets;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Templates;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>Registers the store and the operations.</summary>
internal static class FarmServices
{
    /// <summary>Adds the store, the operations and the background services. The store is opened when it is first resolved.</summary>
    public static IServiceCollection AddFarmOperations(this IServiceCollection services, FarmHostOptions options) => services
        .AddSettings(options)
        .AddSingleton(options.Time)
        .AddStore(options)
        .AddBackups(options)
        .AddManagers(options)
        .AddAudit()
        .AddJobs()
        .AddTasksAndWorkers()
        .AddAccounts(options)
        .AddFiles()
        .AddImages(options)
        .AddQueries()
        .AddHostedService<Maintenance>()
        // The memory is that of the machine, whatever the clock of the farm says.
        .AddHostedService(provider => new IdleMemory(provider.GetRequiredService<FarmStore>(), TimeProvider.System, provider.GetRequiredService<ILogger<IdleMemory>>()));

    private static IServiceCollection AddSettings(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(provider => new CurrentSettings(
            new SettingsSource(options.SettingsPath, options.Directory.SharedStorage)
            {
                Modules = options.Modules,
                SharedFiles = options.Directory.SharedFiles,
            },
            options.Settings,
            provider.GetRequiredService<ILogger<CurrentSettings>>()))
        .AddSingleton<IFarmConfiguration>(provider => provider.GetRequiredService<CurrentSettings>())
        .AddSingleton<ISettingsDocument, AuditedSettings>()
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Settings)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Limits)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Backups)
        .AddSingleton(provider => provider.GetRequiredService<CurrentSettings>().Variables)
        .AddSingleton<SetupAssistant>()
        .AddSingleton(new BlenderFinder(Environment.GetEnvironmentVariable("PATH")))
        .AddHostedService<SettingsFileWatcher>();

    private static IServiceCollection AddStore(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton<FarmEvents>()
        .AddSingleton(options.Directory)
        .AddSingleton(provider => FarmStore.Open(
            options.Directory, options.Time, provider.GetRequiredService<FarmEvents>(), provider.GetRequiredService<ILogger<FarmStore>>(),
            [.. options.Modules.Select(module => module.Schema)], database: options.Database))
        .AddSingleton<IReadStore>(provider => provider.GetRequiredService<FarmStore>())
        .AddSingleton(_ => AdministratorToken.OfDirectory(options.Directory))
        .AddSingleton(_ => SecretBox.Open(options.Directory));

    private static IServiceCollection AddBackups(this IServiceCollection services, FarmHostOptions options)
    {
        services
            .AddSingleton(new SettingsFiles(options.Directory, options.SettingsPath))
            .AddSingleton<BackupWriter>()
            .AddSingleton(provider => new FarmBackups(
                provider.GetRequiredService<FarmStore>(), provider.GetRequiredService<BackupWriter>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<CurrentSettings>().Backups,
                options.Restart, options.Restored, options.Time, provider.GetRequiredService<ILogger<FarmBackups>>()));
        // A PostgreSQL database has no file, and is backed up with its own tools.
        if (options.Database is null)
        {
            services
                .AddHostedService<DatabaseWatch>()
                .AddSingleton<BackupSchedule>()
                .AddHostedService(provider => provider.GetRequiredService<BackupSchedule>())
                .AddSingleton<IPeriodicDuty>(provider => provider.GetRequiredService<BackupSchedule>());
        }

        return services;
    }

    private static IServiceCollection AddManagers(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(provider => new ManagerGroup(
            provider.GetRequiredService<FarmStore>(), ManagerNames.Own(options.ListenUrls[0]),
            provider.GetRequiredService<FarmEvents>(), options.Time, TimeProvider.System, provider.GetRequiredService<ILogger<ManagerGroup>>()))
        .AddHostedService(provider => provider.GetRequiredService<ManagerGroup>())
        .AddSingleton<FarmIdentity>()
        .AddSingleton<FarmIdentityHeader>();

    private static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditLog>()
        .AddSingleton<AuditReader>()
        .AddSingleton<IPeriodicDuty, AuditRetention>();

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
        .AddSingleton<WorkerApproval>()
        .AddSingleton<WorkerSecrets>()
        .AddSingleton<WorkerPresence>()
        .AddSingleton<WorkerTags>()
        .AddSingleton<SleepSchedules>()
        .AddSingleton<Heartbeats>()
        .AddSingleton<Timeouts>();

    private static IServiceCollection AddAccounts(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(provider => SessionTokens.Open(provider.GetRequiredService<FarmStore>()))
        .AddSingleton<Sessions>()
        .AddSingleton(options.Settings.Accounts)
        .AddSingleton<FarmAccess>()
        .AddSingleton<SetupCode>()
        .AddSingleton<Tokens>()
        .AddSingleton<Callers>()
        .AddSingleton<PageForms>()
        .AddSingleton<FarmAccounts>()
        .AddSingleton<OwnSessions>()
        .AddSingleton<People>();

    private static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<FilesIdentity>()
        .AddSingleton<ContentStore>()
        .AddSingleton<ContentGarbage>()
        .AddSingleton<ArtifactUploads>()
        .AddSingleton<ArtifactArchive>()
        .AddSingleton<TaskMessages>()
        .AddSingleton<TaskInputs>();

    private static IServiceCollection AddImages(this IServiceCollection services, FarmHostOptions options) => services
        .AddSingleton(new ImageSettings { ArtifactsDirectory = options.Directory.Artifacts })
        .AddSingleton(provider =>
        {
            var store = provider.GetRequiredService<FarmStore>();
            return new LastRenderedImages(
                provider.GetRequiredService<ImageSettings>() with { IsShared = store.IsShared },
                options.Time,
                (image, _) => TaskImages.RememberAsync(store, image),
                provider.GetRequiredService<ILogger<LastRenderedImages>>());
        })
        .AddHostedService(provider => provider.GetRequiredService<LastRenderedImages>())
        .AddSingleton<TaskImages>();

    private static IServiceCollection AddQueries(this IServiceCollection services) => services
        .AddSingleton<FarmStatusQuery>();
}
