using System.Text.Json;

namespace Farm.Server.Worker.State;

/// <summary>Stores the worker's credentials.</summary>
internal sealed class CredentialStore(StateDirectory directory)
{
    /// <summary>Reads the credentials; null if there are none yet.</summary>
    /// <exception cref="WorkerStartException">The file is invalid. Registering again would leave a second, dead worker on the farm.</exception>
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
                $"Cannot read the credentials in {directory.Credentials}: {e.Message} Repair the file, or delete it to register as a new worker.");
        }
    }

    /// <summary>Writes the credentials and keeps the previous ones as a backup.</summary>
    public void Save(Credentials credentials)
    {
        if (File.Exists(directory.Credentials)) PrivateFile.Write(directory.PreviousCredentials, File.ReadAllBytes(directory.Credentials));
        PrivateFile.Write(directory.Credentials, JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.Credentials));
    }
}
