using System.Reflection;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Contracts.Access;

/// <summary>
/// Who may do what on the pages: everything that a port of the dashboard does for a person, with every role. The table is
/// <c>PageAccessTests.Every_action_of_the_pages_is_refused_to_those_below_its_role.verified.txt</c>. Jobs and projects are somebody else's.
/// </summary>
public sealed class PageAccessTests
{
    private const string Elsewhere = "192.168.1.7";
    private const string Nobody = "nobody";

    /// <summary>Words of those refusals that tell a person that they may not.</summary>
    private static readonly string[] Refusals =
        ["this needs the role", "not signed in", "is not yours", "was not submitted from your machine", "sign in", "in the project is required", "only an administrator"];

    private static readonly Role[] Roles = [Role.Visitor, Role.Artist, Role.Operator, Role.Administrator];

    [SqliteFact]
    public async Task Every_action_of_the_pages_is_refused_to_those_below_its_role()
    {
        var table = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var role in Roles)
        {
            // A farm of its own, as each does everything, and some of it cannot be done twice.
            await using var farm = await LanClient.StartFarmAsync();
            var values = await ValuesAsync(farm);
            foreach (var (port, method) in Actions(farm))
            {
                if (!table.TryGetValue($"{port.Name}.{method.Name}", out var verdicts)) table.Add($"{port.Name}.{method.Name}", verdicts = []);
                verdicts.Add(await MayAsync(farm, await PersonAsync(farm, role, $"{port.Name}{method.Name}{role}"), port, method, values) ? role.Name() : "");
            }
        }

        Assert.True(table.Count > 30, $"only {table.Count} actions");
        Assert.All(table, row => Assert.True(IsFrom(row.Value), $"{row.Key}: {string.Join(", ", row.Value)}, but not those between"));
        Snapshot.Verify(string.Join('\n', table.Select(row => $"{row.Key,-50} {row.Value.Find(role => role.Length > 0) ?? Nobody}")) + "\n");
    }

    /// <summary>Whether all from a first one on may.</summary>
    private static bool IsFrom(List<string> verdicts) => verdicts.SkipWhile(role => role.Length == 0).All(role => role.Length > 0);

    /// <summary>The methods of ports whose implementation knows the person.</summary>
    private static IEnumerable<(Type Port, MethodInfo Method)> Actions(TestFarm farm) =>
        from port in typeof(IFarmActions).Assembly.GetTypes()
        where port is { IsInterface: true, Namespace: "Farm.Dashboard.Ports" } && farm.Service<IServiceProviderIsService>().IsService(port)
        where Constructor(Implementation(farm, port)).Any(parameter => parameter.ParameterType == typeof(DashboardPeople))
        from method in port.GetMethods()
        where !method.IsSpecialName && typeof(Task).IsAssignableFrom(method.ReturnType)
        orderby port.Name, method.Name
        select (port, method);

    private static Type Implementation(TestFarm farm, Type port)
    {
        using var scope = farm.Service<IServiceScopeFactory>().CreateScope();
        return scope.ServiceProvider.GetRequiredService(port).GetType();
    }

    /// <summary>Whether somebody may do something, even if it then cannot be done.</summary>
    private static async Task<bool> MayAsync(TestFarm farm, DashboardPeople people, Type port, MethodInfo method, Func<ParameterInfo, object?> values)
    {
        using var scope = farm.Service<IServiceScopeFactory>().CreateScope();
        var implementation = Implementation(farm, port);
        object[] own = Constructor(implementation).Any(parameter => parameter.ParameterType == typeof(bool)) ? [people, true] : [people];
        var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, implementation, own);
        try
        {
            var task = (Task)method.Invoke(instance, [.. method.GetParameters().Select(values)])!;
            await task;
            // Reading may also say no by nothing.
            return !method.ReturnType.IsGenericType || task.GetType().GetProperty("Result")!.GetValue(task) is not null;
        }
        catch (Exception refused) when (refused is FarmActionException or JobRejectedException)
        {
            return !Refusals.Any(words => refused.Message.Contains(words, StringComparison.Ordinal));
        }
    }

    private static ParameterInfo[] Constructor(Type type) => type.GetConstructors().Single().GetParameters();

    /// <summary>Somebody new, because some actions end sessions or remove accounts. The password is not hashed, which would take long.</summary>
    private static async Task<DashboardPeople> PersonAsync(TestFarm farm, Role role, string name)
    {
        string? session = null;
        if (role > Role.Visitor)
        {
            var id = await farm.Service<FarmStore>().WriteAsync(tx => AccountTable.Insert(
                tx.Db, Guid.CreateVersion7(), name, SecretHash.OfNobodysPassword, isActive: true, role, tx.Now));
            session = (await farm.Service<Sessions>().OpenAsync(id, TimeSpan.FromHours(1))).Token;
        }

        return ActivatorUtilities.CreateInstance<DashboardPeople>(farm.Service<IServiceProvider>(), new Circuit(session, Elsewhere));
    }

    /// <summary>What is passed: things that belong to somebody else, and otherwise anything.</summary>
    private static async Task<Func<ParameterInfo, object?>> ValuesAsync(TestFarm farm)
    {
        var job = await farm.SubmitEchoAsync();
        var task = Guid.Parse((string)(await farm.TasksAsync(job))[0]["id"]!);
        var worker = Guid.Parse((await farm.RegisterAsync()).Id);
        var project = await farm.ProjectAsync(await farm.PersonAsync("lead"), "shot");
        using var folder = new MemoryStream(Projects.Packed(Projects.HelloWorld));
        var workflow = (await farm.Service<WorkflowInstaller>().InstallAsync(Caller.Farm, folder, key: null, default)).Key;
        var boss = farm.Service<FarmAccounts>().Find("boss")!.Uuid;
        var page = new PageRequest(0, 10);
        return parameter => parameter switch
        {
            { Name: "jobId" } => Guid.Parse((string)job["id"]!),
            { Name: "taskId" } => task,
            { Name: "projectId" } => project,
            { Name: "workflowId" } => workflow,
            { Name: "username" } => "boss",
            { Name: "id", Member.DeclaringType: var port } when port == typeof(IFarmAccounts) && parameter.ParameterType == typeof(Guid) => boss,
            { Name: "role", ParameterType: var type } when type == typeof(string) => "artist",
            { ParameterType: var type } when type == typeof(AccountRole) => AccountRole.Artist,
            { ParameterType: var type } when type == typeof(int?) || type == typeof(long?) => null,
            { Name: "name", Member.DeclaringType: var port } when port == typeof(IJobTypes) => "echo-sleep-test",
            { ParameterType: var type } when type == typeof(Guid) => worker,
            { ParameterType: var type } when type == typeof(long) => 1L,
            { ParameterType: var type } when type == typeof(int) => 50,
            { ParameterType: var type } when type == typeof(string) => "x",
            { ParameterType: var type } when type == typeof(bool) => false,
            { ParameterType: var type } when type == typeof(TimeSpan) => TimeSpan.FromDays(1),
            { ParameterType: var type } when type == typeof(Stream) => new MemoryStream([1, 2, 3]),
            { ParameterType: var type } when type == typeof(CancellationToken) => CancellationToken.None,
            { ParameterType: var type } when type == typeof(PageRequest) => page,
            { ParameterType: var type } when type == typeof(ActivityQuery) => new ActivityQuery(page, null, null, null, null, null),
            { ParameterType: var type } when type == typeof(WorkerRequest) => new WorkerRequest(WorkerVerb.Wake, false),
            { ParameterType: var type } when type == typeof(ProjectRoles) => ProjectRoles.Read,
            { ParameterType: var type } when type == typeof(IReadOnlyCollection<BackupContent>) => (BackupContent[])[],
            { ParameterType: var type } when type == typeof(JobRequest) => new JobRequest(
                "echo-sleep-test", "mine", 50, new Dictionary<string, string> { ["message"] = "hi", ["sleep_duration_seconds"] = "1", ["sleep_repeats"] = "1" }),
            _ => throw new ArgumentException($"no value for {parameter.ParameterType.Name} {parameter.Name} of {parameter.Member.Name}"),
        };
    }
}
