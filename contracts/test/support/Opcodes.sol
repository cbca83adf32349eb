// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice Reads bytecode as the EVM would, past what is pushed, up to the INVALID that the compiler sets before data.
library Opcodes {
    uint8 private constant INVALID = 0xfe;

    function count(bytes memory code, uint8 opcode) internal pure returns (uint256 found) {
        for (uint256 i; i < code.length; ++i) {
            uint8 at = uint8(code[i]);
            if (at == INVALID) break;
            if (at == opcode) ++found;
            if (at >= 0x60 && at <= 0x7f) i += at - 0x5f;
        }
    }
}
