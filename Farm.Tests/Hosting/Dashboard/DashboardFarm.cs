using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Workers;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.Health;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>A farm on a real database file with the dashboard's ports, wired as in the server.</summary>
public sealed class DashboardFarm : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ServiceProvider _services;

    internal DashboardFarm(params string[] listening)
    {
        Farm = new StoreFarm(_directory["data"], Time);
        // As soon as it hears other managers, everything may have changed. Tests of changes must not see that.
        if (Farm.Store.IsShared) Assert.True(SpinWait.SpinUntil(() => Farm.Events.Changes > 0, TimeSpan.FromSeconds(30)));
        _services = new ServiceCollection()
            .AddSingleton(Farm.Store)
            .AddSingleton<IReadStore>(Farm.Store)
            .AddSingleton(Farm.Events)
            .AddSingleton(Farm.Managers)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(SessionTokens.Open(Farm.Store))
            .AddSingleton<Sessions>()
            .AddSingleton(new AccountSettings { OpenRegistration = true })
            .AddSingleton<FarmAccounts>()
            .AddSingleton<Tokens>()
            .AddSingleton<WorkerApproval>()
            .AddSingleton<IFarmConfiguration>(new TestConfiguration())
            .AddSingleton<FarmAccess>()
            .AddScoped<AuthenticationStateProvider>(_ => new Circuit(Session, Address))
            .AddLogging()
            .AddFarmHealth(hasSchedule: false)
            .AddSingleton(Farm.Audit)
            .AddSingleton<AuditReader>()
            .AddSingleton(Farm.Jobs)
            .AddSingleton(Farm.Tasks)
            .AddSingleton(Farm.Presence)
            .AddSingleton(Farm.Protocols)
            .AddSingleton(new FarmApiAddress("/api/farm/v1"))
            .AddSingleton<IOptionsMonitor<FarmSettings>>(new FixedOptions<FarmSettings>(new FarmSettings { ManagerName = "Studio" }))
            .AddSingleton<IServer>(new ListeningServer(listening))
            .AddDashboardPorts()
            .BuildServiceProvider();
    }

    internal ManualTime Time { get; } = new();

    internal StoreFarm Farm { get; }

    internal IFarmReader Reader => _services.GetRequiredService<IFarmReader>();

    internal IFarmActions Actions => _services.CreateScope().ServiceProvider.GetRequiredService<IFarmActions>();

    internal IFarmAudit Activity => _services.CreateScope().ServiceProvider.GetRequiredService<IFarmAudit>();

    internal IFarmChanges Changes => _services.GetRequiredService<IFarmChanges>();

    /// <summary>The session of whoever looks; null for nobody.</summary>
    internal string? Session { get; set; }

    /// <summary>The health of the farm in a circuit of its own.</summary>
    internal IFarmHealth Health() => _services.CreateScope().ServiceProvider.GetRequiredService<IFarmHealth>();

    /// <summary>The address of the machine of whoever looks; null for the server's own.</summary>
    internal string? Address { get; set; }

    /// <summary>Adds a user and signs in; the first one is an administrator.</summary>
    internal async Task<string> SignInAsync(string name)
    {
        var accounts = _services.GetRequiredService<FarmAccounts>();
        var role = accounts.All().Count == 0 ? Role.Administrator : Role.Artist;
        var account = await accounts.AddAsync(Caller.Farm, name, "correct horse", role);
        return (await _services.GetRequiredService<Sessions>().OpenAsync(account.Id, TimeSpan.FromHours(1))).Token;
    }

    /// <summary>Creates a job, one second later.</summary>
    internal async Task<Guid> JobAsync(
        string name, string type = "render", int priority = 50, int tasks = 1, string settings = "{}", string metadata = "{}")
    {
        Tick();
        var uuid = Guid.CreateVersion7(Time.GetUtcNow());
        var stage = new StageDraft("only", "misc", 50, [], Enumerable.Range(0, tasks).Select(i => Task($"{name}-{i}")));
        var row = new NewJobRow(
            uuid, name, type, Server.Domain.Jobs.JobStatus.Queued, priority, "", settings, metadata, null, null, tasks * 2, Now);
        await Farm.Builder.BuildAsync(row, new JobDraft(name, new JobSettings(), [stage], tasks, tasks * 2));
        return uuid;
    }

    /// <summary>Makes a worker take and complete the next task.</summary>
    internal async Task<Guid> CompleteAsync(FarmWorker worker)
    {
        Tick();
        var task = await Farm.TakeAsync(worker);
        await Farm.ReportAsync(worker, task, TaskStatus.Completed);
        return task.Uuid;
    }

    /// <summary>Advances the clock by one second.</summary>
    internal void Tick() => Time.Advance(TimeSpan.FromSeconds(1));

    /// <summary>The current time in Unix milliseconds.</summary>
    internal long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Changes the database directly.</summary>
    internal Task SqlAsync(string sql, params object?[] parameters) => Farm.Store.WriteAsync(tx => { tx.Db.Execute(sql, parameters); });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Farm.DisposeAsync();
        _directory.Dispose();
    }

    private static TaskDraft Task(string name) => new(name, [new CommandDraft("echo", new JsonObject { ["message"] = name }, 2)]);

    private sealed class ListeningServer : IServer
    {
        public ListeningServer(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses) feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => System.Threading.Tasks.Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => System.Threading.Tasks.Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
