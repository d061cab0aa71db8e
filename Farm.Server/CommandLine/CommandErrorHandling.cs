using System.CommandLine;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>Reports the errors of commands as one sentence on standard error and exit code 1, without a stack trace.</summary>
internal static class CommandErrorHandling
{
    /// <summary>Sets the action of a command. Ctrl+C ends it with exit code 130.</summary>
    public static void SetActionWithErrorHandling(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return 130;
            }
            catch (Exception failure) when (failure is CommandFailedException or StoreException or SettingException or IOException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"farm: {failure.Message}");
                return 1;
            }
        });
}
