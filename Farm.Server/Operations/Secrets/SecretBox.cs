using System.Security.Cryptography;
using System.Text;
using Farm.Server.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Secrets;

/// <summary>
/// Encrypts secrets that the farm must be able to tell again (AES-256-GCM). The key is in a file beside the database, not in it, so that a copy of the
/// database alone tells none of them.
/// </summary>
internal sealed class SecretBox
{
    private const string Prefix = "sealed:v1:";
    private const int KeySize = 32;

    private static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key;

    private SecretBox(byte[] key) => _key = key;

    /// <summary>
    /// Reads the key, or makes it. Managers that share files share it there; a farm that was moved brings the one of its data directory.
    /// </summary>
    /// <exception cref="StoreException">The file is not a key.</exception>
    public static SecretBox Open(DataDirectory directory)
    {
        if (Read(directory.SecretsKey) is { } known) return new SecretBox(known);
        var key = Read(Path.Combine(directory.Root, Path.GetFileName(directory.SecretsKey))) ?? RandomNumberGenerator.GetBytes(KeySize);
        return new SecretBox(Keep(directory.SecretsKey, key));
    }

    /// <summary>Whether a stored text is encrypted; those from before were not.</summary>
    public static bool IsSealed(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Encrypts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it is stored, so that it cannot be read from another place.</param>
    public string Seal(string text, string place) => Prefix + Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(text), place));

    /// <summary>Decrypts a stored text; one that is not encrypted is returned as it is.</summary>
    /// <param name="stored">The stored text.</param>
    /// <param name="place">Where it is stored.</param>
    /// <exception cref="FarmException">It was encrypted with another key (conflict).</exception>
    public string Read(string stored, string place)
    {
        if (!IsSealed(stored)) return stored;
        try
        {
            return Encoding.UTF8.GetString(Open(Convert.FromBase64String(stored[Prefix.Length..]), place));
        }
        catch (FormatException)
        {
            throw OtherKey();
        }
    }

    /// <summary>Encrypts bytes.</summary>
    /// <param name="plain">The bytes.</param>
    /// <param name="place">Where they are stored, so that they cannot be read from another place.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        var whole = new byte[NonceSize + plain.Length + TagSize];
        var nonce = whole.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(nonce, plain, whole.AsSpan(NonceSize, plain.Length), whole.AsSpan(NonceSize + plain.Length), Encoding.UTF8.GetBytes(place));
        return whole;
    }

    /// <summary>Decrypts stored bytes.</summary>
    /// <param name="whole">The stored bytes.</param>
    /// <param name="place">Where they are stored.</param>
    /// <exception cref="FarmException">They were encrypted with another key (conflict).</exception>
    public byte[] Open(ReadOnlySpan<byte> whole, string place)
    {
        if (whole.Length < NonceSize + TagSize) throw OtherKey();
        try
        {
            var plain = new byte[whole.Length - NonceSize - TagSize];
            using var cipher = new AesGcm(_key, TagSize);
            cipher.Decrypt(whole[..NonceSize], whole.Slice(NonceSize, plain.Length), whole[(NonceSize + plain.Length)..], plain, Encoding.UTF8.GetBytes(place));
            return plain;
        }
        catch (CryptographicException)
        {
            throw OtherKey();
        }
    }

    private static FarmException OtherKey() => FarmException.Conflict(
        $"the secret cannot be read, because {DataDirectory.SecretsKeyName} is not the one with which it was written; restore that file, or set the secret anew");

    private static byte[]? Read(string path) => !File.Exists(path) ? null
        : File.ReadAllBytes(path) is { Length: KeySize } key ? key
        : throw new StoreException($"{path} is not a key for secrets; restore it from a backup, or delete it and set the secrets of projects anew");

    /// <summary>Keeps the key, unless another manager was faster.</summary>
    private static byte[] Keep(string path, byte[] key)
    {
        var own = $"{path}.{Guid.NewGuid():N}";
        PrivateFile.Write(own, key);
        try
        {
            File.Move(own, path, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own);
            return Read(path)!;
        }
    }
}
