using System.CommandLine;
using Farm.Server.CommandLine;

return await FarmCommandLine.Create().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = WorkerCommand.TerminationTimeout });
