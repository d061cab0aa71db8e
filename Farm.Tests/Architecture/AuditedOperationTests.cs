using System.Reflection;
using Farm.Server.Contracts;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Audit;
using Farm.Tests.Support;

namespace Farm.Tests.Architecture;

/// <summary>
/// Every operation that somebody asks for is in the audit. What they ask for is seen by its parameter of type <see cref="Caller"/>, and that it is
/// written by its code, which must reach <see cref="AuditLog"/>.
/// </summary>
public sealed class AuditedOperationTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Operations that write nothing, and why.</summary>
    private static readonly string[] Exempt =
    [
        // Checks, which are part of an operation.
        "FarmAccounts.DemandOwn", "FarmAccounts.DemandOthers", "FarmAccounts.DemandPerson", "OwnSessions.Demand", "JobAccess.Demand", "JobControl.Controlled", "TaskControl.Controlled", "WorkerPresence.Asked", "WorkerTags.Tag",
        "ProjectControl.Signed", "FarmBackups.Demand", "Tokens.Check", "Tokens.MayMake", "WorkerApproval.OfNew",
        // Part of an operation that writes itself: a project or a seed is created.
        "OpenJobs.Create", "FarmBackups.PlanRestoreAsync",
        // Files of a job. The submission that names them is in the audit, and who may not submit is, by the protocol.
        "ShamanCheckouts.Create", "ShamanUploads.ReceiveAsync",
        // Reads.
        "AuditedSettings.Read", "FarmBackups.Read", "OwnSessions.All", "People.All", "Tokens.All", "Tokens.Own",
    ];

    [Fact]
    public void Every_operation_of_a_caller_writes_to_the_audit()
    {
        var operations = Operations().ToList();
        Assert.InRange(operations.Count, 60, int.MaxValue);
        Assert.Equal(Exempt.Order(), operations.Where(method => !IsAudited(method)).Select(Text).Distinct().Order());
    }

    [Theory]
    [InlineData(nameof(Operation.ForgetsAsync), false)]
    [InlineData(nameof(Operation.WritesAsync), true)]
    [InlineData(nameof(Operation.WritesInAHelperAsync), true)]
    public void The_audit_is_found_in_async_methods_lambdas_and_helpers(string method, bool isAudited) =>
        Assert.Equal(isAudited, IsAudited(typeof(Operation).GetMethod(method, Declared)!));

    private static IEnumerable<MethodInfo> Operations() => typeof(ProtocolModules).Assembly.GetTypes()
        .Where(type => IsOperation(type) && !type.IsInterface && type != typeof(AuditLog) && type.DeclaringType is null)
        .SelectMany(type => type.GetMethods(Declared))
        .Where(method => !method.Name.Contains('<', StringComparison.Ordinal) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)));

    private static bool IsOperation(Type type) =>
        type.Namespace?.Split('.') is ["Farm", "Server", "Operations", ..] or ["Farm", "Server", "Contracts", _, "Operations", ..]
            or ["Farm", "Server", "Hosting", "Configuration", ..];

    private static bool IsAudited(MethodInfo operation)
    {
        var (seen, next) = (new HashSet<MethodBase>(), new Stack<MethodBase>([operation]));
        while (next.TryPop(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var member in MethodCode.Members(method))
            {
                if (member?.DeclaringType == typeof(AuditLog)) return true;
                // Another operation of a caller is checked by itself.
                if (member is MethodInfo called && called.DeclaringType is { } type && type != typeof(Caller) && Outermost(type) != Outermost(operation.DeclaringType!)
                    && IsOperation(Outermost(type)) && called.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)) && !Exempt.Contains(Text(called)))
                    return true;
                foreach (var code in CodeOf(member, operation.DeclaringType!)) next.Push(code);
            }
        }

        return false;
    }

    /// <summary>The code of the same type that a member stands for: a method, a lambda, or the rest of an async method.</summary>
    private static IEnumerable<MethodBase> CodeOf(MemberInfo? member, Type type)
    {
        if (member is MethodBase method && method.DeclaringType is { } declaring && Outermost(declaring) == Outermost(type)) yield return method;
        if (member is not MethodInfo { IsGenericMethod: true } generic) yield break;
        foreach (var machine in generic.GetGenericArguments().Where(argument => Outermost(argument) == Outermost(type)))
            foreach (var code in machine.GetMethods(Declared)) yield return code;
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string Text(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>Operations as the rule sees them.</summary>
    private sealed class Operation(AuditLog audit)
    {
        public async Task ForgetsAsync(Caller caller)
        {
            caller.Demand(Permission.ControlJobs);
            await Task.Yield();
        }

        public async Task WritesAsync(Caller caller)
        {
            await Task.Yield();
            await audit.WriteAsync(caller, "job.pause", static (_, _) => { });
        }

        public Task WritesInAHelperAsync(Caller caller) => Task.Run(() => HelpAsync(caller));

        private Task HelpAsync(Caller caller) => audit.WriteAsync(caller, "job.pause", static (_, _) => { });
    }
}
