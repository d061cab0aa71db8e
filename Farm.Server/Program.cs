using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Server.CommandLine.Terminal;

var (output, error) = TerminalWriter.Install();
return await FarmCommandLine.Create().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = WorkerCommand.TerminationTimeout, Output = output, Error = error });
