using Farm.Server.Domain.Events;
using Farm.Server.Hosting.Background;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.BuiltIn;
using Farm.Server.Operations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Workers;
using Farm.Server.Store;

namespace Farm.Server.Hosting;

/// <summary>Puts the store and the operations over it into the services of a host.</summary>
internal static class FarmServices
{
    /// <summary>Adds the store. It is opened when it is first asked for, and closed with the host.</summary>
    public static IServiceCollection AddFarmStore(this IServiceCollection services, FarmHostOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Settings);
        services.AddSingleton(options.Directory);
        services.AddSingleton(options.Time);
        services.AddSingleton<FarmEvents>();
        services.AddSingleton(provider => FarmStore.Open(
            options.Directory, options.Time, provider.GetRequiredService<FarmEvents>(), provider.GetRequiredService<ILogger<FarmStore>>()));
        return services;
    }

    /// <summary>Adds every operation.</summary>
    public static IServiceCollection AddFarmOperations(this IServiceCollection services, FarmHostOptions options)
    {
        services.AddSingleton(options.Settings.Limits);
        services.AddSingleton(options.Settings.Variables);
        services.AddSingleton(new JobTypeRegistry(BuiltInJobTypes.All));
        services.AddSingleton(_ => AdministratorToken.OfDirectory(options.Directory));
        services.AddSingleton<JobBuilder>();
        services.AddSingleton<JobSubmitter>();
        services.AddSingleton<JobControl>();
        services.AddSingleton<TaskControl>();
        services.AddSingleton<TaskReports>();
        services.AddSingleton<Scheduler>();
        services.AddSingleton<RunPermission>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<WorkerAuthentication>();
        services.AddSingleton<WorkerRegistry>();
        services.AddSingleton<WorkerPresence>();
        services.AddSingleton<Timeouts>();
        services.AddSingleton<Backups>();
        
        services.AddSingleton<MassChangeService>();
        services.AddHostedService(provider => provider.GetRequiredService<MassChangeService>());
        services.AddHostedService<HeartbeatService>();
        services.AddHostedService<TimeoutService>();
        return services;
    }

}
