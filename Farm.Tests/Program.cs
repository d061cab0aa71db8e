using Farm.Tests.Benchmarks;
using Farm.Tests.Drills;

switch (args)
{
    case ["bench", ..]:
        await Bench.RunAsync(args.Length > 1 ? args[1] : "", args.Length > 2 ? int.Parse(args[2]) : int.MaxValue);
        return 0;
    case ["drill", var name, ..] when Drill.All.FirstOrDefault(drill => drill.Name == name) is { } drill:
        return await drill.RunAsync(args[2..]);
    default:
        Console.WriteLine("The tests run with: dotnet test");
        Console.WriteLine("The benchmarks run with: dotnet run -c Release --project Farm.Tests -- bench [part of a name: bare, http, operations, waits, holds, memory, aspire, managers, tracker] [largest backlog]");
        Console.WriteLine("The drills run with: dotnet run -c Release --project Farm.Tests -- drill NAME ARGUMENTS");
        foreach (var drill in Drill.All) Console.WriteLine($"  {drill.Name} {drill.Arguments}: {drill.Subject}");
        return 1;
}
