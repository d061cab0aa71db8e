using System.CommandLine;
using Farm.Server;
using Farm.Server.CommandLine;
using Farm.Server.CommandLine.Terminal;

ProcessUmask.IsOwnProcess = true;
var (output, error) = TerminalWriter.Install();
return await FarmCommandLine.Create().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = WorkerCommand.TerminationTimeout, Output = output, Error = error });
