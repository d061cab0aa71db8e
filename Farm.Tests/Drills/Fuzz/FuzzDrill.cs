using System.Diagnostics;
using Farm.Tests.Drills.Fuzz.Grammar;
using Farm.Tests.Drills.Fuzz.Judging;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>
/// Hostile requests to every route. In the end there was no 5xx that no contract asks for, every answer had the form of its protocol, no secret got
/// out, the server lives and has let go of its memory, and the database is consistent.
/// </summary>
internal static class FuzzDrill
{
    private const int DefaultRequests = 1_000_000;
    private const int DefaultConnections = 2;

    private static readonly ProtocolGrammar[] Grammars =
        [new PageGrammar(), new FlamencoGrammar(), new DeadlineGrammar(), new TrackerGrammar(), new FlowServGrammar(), new AspireGrammar(), new FarmGrammar()];

    /// <summary>Runs the drill from the command line.</summary>
    /// <param name="arguments">The number of requests; then the seed; then the number of connections.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var plan = new FuzzPlan(
            arguments.Length > 0 ? int.Parse(arguments[0]) : DefaultRequests,
            arguments.Length > 1 ? int.Parse(arguments[1]) : Random.Shared.Next(1_000_000),
            arguments.Length > 2 ? int.Parse(arguments[2]) : DefaultConnections);
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(FuzzPlan plan, Action<string> output)
    {
        var routes = await RoutesAsync();
        output($"Seed {plan.Seed}, {plan.Requests} requests, {plan.Connections} connections, {routes.Count} routes, {Grammars.Sum(grammar => grammar.Samples.Count)} valid requests");
        using var farm = await FuzzTarget.StartAsync();
        var things = new Things();
        var findings = new FuzzFindings();
        await PrepareAsync(farm, things, 0);
        var before = farm.ResidentBytes;
        output($"Memory before: {Megabytes(before)}");
        var started = Stopwatch.GetTimestamp();
        var generator = new RequestGenerator(plan.Seed, routes, Grammars, things);
        var judge = new Judge([farm.AdministratorToken, .. farm.SetupCode is { } code ? (string[])[code] : []], [farm.Data]);
        for (var (from, round) = (0, 1); from < plan.Requests && farm.IsAlive; from += FuzzPlan.RoundLength, round++)
        {
            await SendAsync(farm, generator, judge, findings, from, Math.Min(from + FuzzPlan.RoundLength, plan.Requests), plan.Connections);
            if (!await TryPrepareAsync(farm, things, round, findings)) break;
            if (round % 25 == 0) output($"{from + FuzzPlan.RoundLength} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {Megabytes(farm.ResidentBytes)}, {findings.All.Count} kinds of faults");
        }

        output($"{plan.Requests:N0} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        await CheckEndAsync(farm, before, plan.MemoryBound, findings, output);
        output($"Statuses: {string.Join(", ", findings.Statuses.Select(status => $"{status.Status}: {status.Count}"))}");
        var wrong = findings.All;
        output(wrong.Count == 0 ? "No faults." : $"{wrong.Count} kinds of faults:");
        foreach (var fault in wrong) output(fault);
        return wrong;
    }

    /// <summary>The routes are those of a server in this process, with the same protocols.</summary>
    private static async Task<IReadOnlyList<FuzzRoute>> RoutesAsync()
    {
        await using var farm = await TestFarm.StartAsync();
        return FuzzRoute.All(farm.Service<IEnumerable<EndpointDataSource>>());
    }

    private static async Task PrepareAsync(FuzzTarget farm, Things things, int round)
    {
        farm.Restore();
        foreach (var grammar in Grammars) await grammar.PrepareAsync(farm, things, round);
    }

    /// <summary>After every round, valid requests still succeed.</summary>
    private static async Task<bool> TryPrepareAsync(FuzzTarget farm, Things things, int round, FuzzFindings findings)
    {
        try
        {
            await PrepareAsync(farm, things, round);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or OperationCanceledException or NullReferenceException)
        {
            findings.Add($"after round {round}: {failure.Message}");
            return false;
        }
    }

    private static Task SendAsync(FuzzTarget farm, RequestGenerator generator, Judge judge, FuzzFindings findings, int from, int to, int connections)
    {
        var next = from - 1;
        return Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new FuzzConnection(farm.Port, FuzzPlan.AnswerBound);
            for (int number; (number = Interlocked.Increment(ref next)) < to && farm.IsAlive;)
            {
                var request = generator.Make(number);
                var answer = await connection.SendAsync(request);
                findings.Count(answer);
                if (judge.WhatIsWrong(request, answer) is { } wrong) findings.Add(wrong, request, answer);
            }
        })));
    }

    private static async Task CheckEndAsync(FuzzTarget farm, long before, long bound, FuzzFindings findings, Action<string> output)
    {
        var calm = Stopwatch.GetTimestamp();
        while (farm.IsAlive && farm.ResidentBytes - before > bound && Stopwatch.GetElapsedTime(calm) < FuzzPlan.CalmBound) await Task.Delay(500);
        if (!farm.IsAlive) findings.Add("the server ended");
        else if (farm.ResidentBytes - before is var more && more > bound) findings.Add($"{Megabytes(more)} more memory in use than before");
        if (farm.IsAlive) output($"Memory after: {Megabytes(farm.ResidentBytes)}, {Stopwatch.GetElapsedTime(calm).TotalSeconds:0.0} s after the last request");
        farm.Stop();
        // What workers of task_tracker log may be an error too, but has no exception.
        foreach (var line in farm.Output.Where(line => line.Contains(" ERR ", StringComparison.Ordinal) && line.Contains(" | ", StringComparison.Ordinal)).Take(20)) findings.Add($"the log says: {line}");
        await using var store = new StoreFarm(farm.Data);
        try
        {
            Invariants.Check(store.Store);
        }
        catch (Xunit.Sdk.XunitException broken)
        {
            findings.Add(broken.Message);
        }
    }

    private static string Megabytes(long bytes) => $"{bytes / 1024 / 1024} MB";
}
