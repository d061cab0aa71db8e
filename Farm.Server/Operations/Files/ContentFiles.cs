using Farm.Server.Domain;

namespace Farm.Server.Operations.Files;

/// <summary>The paths of stored contents, and what becomes of errors of their disk.</summary>
internal sealed class ContentFiles(string artifacts, ILogger log)
{
    private const int HashDigits = 64;
    private const int FirstDigits = 2;

    /// <summary>The directory of the contents.</summary>
    public string Root { get; } = Path.Combine(artifacts, "content");

    /// <summary>Whether a text is a SHA-256 in the form used by the store.</summary>
    public static bool IsHash(string text) => text.Length == HashDigits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The place of a content.</summary>
    public string PathOf(string sha256) => Path.Combine(Root, sha256[..FirstDigits], sha256);

    /// <summary>Opens a file; null if it does not exist.</summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file; logs a failure.</summary>
    public void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was received.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot delete {File}, which is no longer needed; retrying later: {Reason}", path, problem.Message);
        }
    }

    /// <summary>Runs work that uses the disk.</summary>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="FarmException">The disk cannot be used; the log says why.</exception>
    public void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error);
        }
    }

    /// <inheritdoc cref="Guard"/>
    public async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error);
        }
    }

    private Exception Translate(Exception error)
    {
        log.LogError("Cannot store a file in {Directory}: {Reason}", Root, error.Message);
        return error is IOException full && StorageFullException.Matches(full)
            ? new StorageFullException("a file", full)
            : new FarmException(ErrorKind.Unavailable, "files cannot be stored now; see the server log", error);
    }
}
