using System.Text.Json;

namespace Farm.Server.Worker.State;

/// <summary>Stores the worker's credentials.</summary>
internal sealed class CredentialStore(StateDirectory directory)
{
    /// <summary>Reads the credentials; null if there are none yet.</summary>
    /// <exception cref="WorkerStartException">The file is invalid. Registering again would leave a second, dead worker on the farm.</exception>
    public Credentials? Load() => Load(directory.Credentials);

    /// <summary>Reads the credentials that were kept for a farm; null if there are none.</summary>
    /// <exception cref="WorkerStartException">The file is invalid.</exception>
    public Credentials? LoadFor(string farm) => Load(directory.CredentialsOf(farm));

    /// <summary>Keeps the credentials for their farm, beside those in use.</summary>
    public void SetAside(Credentials credentials)
    {
        if (credentials.Farm is { } farm)
            PrivateFile.Write(directory.CredentialsOf(farm), JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.Credentials));
    }

    private static Credentials? Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return JsonSerializer.Deserialize(bytes, CredentialsJson.Default.Credentials) ?? throw new JsonException("it is empty");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WorkerStartException(
                $"Cannot read the credentials in {path}: {e.Message} Repair the file, or delete it to register as a new worker.");
        }
    }

    /// <summary>Writes the credentials and keeps the previous ones as a backup.</summary>
    public void Save(Credentials credentials)
    {
        if (File.Exists(directory.Credentials)) PrivateFile.Write(directory.PreviousCredentials, File.ReadAllBytes(directory.Credentials));
        PrivateFile.Write(directory.Credentials, JsonSerializer.SerializeToUtf8Bytes(credentials, CredentialsJson.Default.Credentials));
    }
}
