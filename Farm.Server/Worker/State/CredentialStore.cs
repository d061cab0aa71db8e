using System.Text.Json;

namespace Farm.Server.Worker.State;

/// <summary>Keeps the worker's credentials over restarts.</summary>
internal sealed class CredentialStore(StateDirectory directory)
{
    /// <returns>The kept credentials, or null when there are none yet.</returns>
    /// <exception cref="WorkerStartException">The file is there but is not one of ours. Registering anew would leave a dead twin on the farm.</exception>
    public Credentials? Load()
    {
        try
        {
            var bytes = File.ReadAllBytes(directory.Credentials);
            return JsonSerializer.Deserialize(bytes, CredentialsJson.Default.Credentials) ?? throw new JsonException("it is empty");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WorkerStartException(
                $"The credentials in {directory.Credentials} cannot be read: {e.Message} Repair the file, or remove it to register as a new worker.");
        }
    }

    /// <summary>Puts the credentials in place; the ones they replace stay beside them as a backup.</summary>
    public void Save(Credentials credentials)
    {
        if (File.Exists(directory.Credentials)) PrivateFile.Write(directory.PreviousCredentials, File.ReadAllBytes(directory.Credentials));
        PrivateFile.Write(directory.Credentials, JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.Credentials));
    }
}
