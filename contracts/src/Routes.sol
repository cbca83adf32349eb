// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Floats} from "./Floats.sol";
import {Fees, Mode} from "./interfaces/IBridge.sol";

/// @notice What sending an asset to a chain reads, in one word: its token (160 bits), whether it has an outbound limit (1), its
/// mode (7), and the minimum fees of kinds 1 and 2 (43 each, see Floats). 0 where the asset cannot be sent there.
type Route is uint256;

using Routes for Route global;

/// @notice The minimum fee of a call, in one word. `set` tells a fee of 0 from none.
struct CallFee {
    bool set;
    uint120 base;
    uint64 perGas;
    uint64 perByte;
}

library Routes {
    uint256 private constant FEE_BITS = 43;
    uint256 private constant MANTISSA = 36;
    uint256 private constant MODE_AT = 2 * FEE_BITS;
    uint256 private constant LIMITED = 1 << MODE_AT + 7;
    uint256 private constant TOKEN_AT = MODE_AT + 8;

    /// @dev Fees are kept exactly or refused. 36 significant bits are ten digits, fewer with decimal zeros behind: 10^15 fits, 10^16 does not.
    function make(address to, Mode mode_, bool limited_, Fees memory fees) internal pure returns (Route) {
        uint256 fee1 = Floats.encodeExact(fees.transfer, MANTISSA);
        uint256 fee2 = Floats.encodeExact(fees.transferTo, MANTISSA);
        uint256 flags = uint256(mode_) << MODE_AT | (limited_ ? LIMITED : 0);
        return Route.wrap(uint256(uint160(to)) << TOKEN_AT | flags | fee2 << FEE_BITS | fee1);
    }

    function withLimited(Route route, bool limited_) internal pure returns (Route) {
        uint256 word = Route.unwrap(route);
        return Route.wrap(limited_ ? word | LIMITED : word & ~LIMITED);
    }

    function token(Route route) internal pure returns (address) {
        return address(uint160(Route.unwrap(route) >> TOKEN_AT));
    }

    function mode(Route route) internal pure returns (Mode) {
        return Mode(Route.unwrap(route) >> MODE_AT & 0x7f);
    }

    function limited(Route route) internal pure returns (bool) {
        return Route.unwrap(route) & LIMITED != 0;
    }

    /// @param direct whether sender and recipient are one, which makes the message of kind 1
    function minimumFee(Route route, bool direct) internal pure returns (uint256) {
        uint256 float = Route.unwrap(route) >> (direct ? 0 : FEE_BITS) & (1 << FEE_BITS) - 1;
        return Floats.decode(float, MANTISSA);
    }
}
