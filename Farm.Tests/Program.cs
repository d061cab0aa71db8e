using Farm.Tests.Benchmarks;

if (args is not ["bench", ..])
{
    Console.WriteLine("The tests run with: dotnet test");
    Console.WriteLine("The benchmarks run with: dotnet run -c Release --project Farm.Tests -- bench [part of a name: bare, http, operations, waits, aspire, managers, tracker] [largest backlog]");
    return 1;
}

await Bench.RunAsync(args.Length > 1 ? args[1] : "", args.Length > 2 ? int.Parse(args[2]) : int.MaxValue);
return 0;
