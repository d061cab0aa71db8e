using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>SipHash-2-4, which hashes unique strings (Contracts/TaskTracker/Contract.md section 5.6).</summary>
internal static class SipHash
{
    private const ulong Key0 = 1;
    private const ulong Key1 = 2;

    /// <summary>The hash of a string in UTF-8, with the protocol's key.</summary>
    public static long Of(string text) => (long)Of(Encoding.UTF8.GetBytes(text), Key0, Key1);

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">What to hash.</param>
    /// <param name="key0">The first eight bytes of the key, little-endian.</param>
    /// <param name="key1">The last eight bytes of the key, little-endian.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong key0, ulong key1)
    {
        var state = new State(key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d, key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573);
        var rest = bytes;
        for (; rest.Length >= 8; rest = rest[8..]) state.Take(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        var last = (ulong)bytes.Length << 56;
        for (var i = 0; i < rest.Length; i++) last |= (ulong)rest[i] << (8 * i);
        state.Take(last);
        return state.Finish();
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        public void Take(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        public ulong Finish()
        {
            v2 ^= 0xff;
            for (var i = 0; i < 4; i++) Round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Round()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
