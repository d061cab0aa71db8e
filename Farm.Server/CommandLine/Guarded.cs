using System.CommandLine;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>Ends verbs in the way that a person or a script can use: one sentence on the error stream and exit code 1, never a stack trace.</summary>
internal static class Guarded
{
    /// <summary>Sets what a verb does.</summary>
    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
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
