using Farm.Tests.Benchmarks;
using Farm.Tests.Drills.Fuzz;
using Farm.Tests.Drills.Managers;

switch (args)
{
    case ["bench", ..]:
        await Bench.RunAsync(args.Length > 1 ? args[1] : "", args.Length > 2 ? int.Parse(args[2]) : int.MaxValue);
        return 0;
    case ["drill", "managers", ..]:
        return await ManagersDrill.RunAsync(args[2..]);
    case ["drill", "fuzz", ..]:
        return await FuzzDrill.RunAsync(args[2..]);
    default:
        Console.WriteLine("The tests run with: dotnet test");
        Console.WriteLine("The benchmarks run with: dotnet run -c Release --project Farm.Tests -- bench [part of a name: bare, http, operations, waits, holds, memory, aspire, managers, tracker] [largest backlog]");
        Console.WriteLine("The drill of several managers runs with: dotnet run --project Farm.Tests -- drill managers [minutes, or short] [seed] [proxy]");
        Console.WriteLine("The drill of hostile requests runs with: dotnet run -c Release --project Farm.Tests -- drill fuzz [requests] [seed]");
        return 1;
}
