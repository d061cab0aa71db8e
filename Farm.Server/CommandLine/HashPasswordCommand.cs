using System.CommandLine;
using Farm.Server.Operations.Workers;

namespace Farm.Server.CommandLine;

/// <summary><c>farm hash-password</c>: makes what the settings hold in place of a password.</summary>
internal static class HashPasswordCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("hash-password", "Read a password from the standard input and print its hash, for the settings.");
        command.SetGuardedAction(async (parsed, cancellation) =>
        {
            var password = await Console.In.ReadLineAsync(cancellation);
            if (string.IsNullOrEmpty(password)) throw new CommandFailedException("there is no password on the standard input");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(SecretHash.Make(password));
            return 0;
        });
        return command;
    }
}
