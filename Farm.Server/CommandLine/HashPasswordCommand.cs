using System.CommandLine;
using Farm.Server.Operations.Workers;

namespace Farm.Server.CommandLine;

/// <summary><c>farm hash-password</c>: hashes a password for the settings.</summary>
internal static class HashPasswordCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("hash-password", "Read a password from standard input and print its hash for the settings.");
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var password = await Console.In.ReadLineAsync(cancellation);
            if (string.IsNullOrEmpty(password)) throw new CommandFailedException("no password on standard input");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(SecretHash.Make(password));
            return 0;
        });
        return command;
    }
}
