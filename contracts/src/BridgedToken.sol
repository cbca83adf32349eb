// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Limit, Meter, Meters} from "./Meters.sol";
import {Messages} from "./Messages.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice The form of an asset on the chains that are not its home: ERC-20, ERC-2612, and ERC-7802 for the bridges it names, each of
/// which mints within a limit of its own.
contract BridgedToken is ERC20, AccessManaged, IBridgedToken {
    using Messages for bytes;

    /// @notice Least seconds between the announcement of a bridge, or of more for one, and its taking effect.
    uint64 public constant ANNOUNCEMENT = 7 days;

    /// @dev Where Solady's ERC-20 keeps its balances and its supply. The supply is the count of the first bridge's meter: a run of
    /// mints writes supply and limit once, together. Solady's burn subtracts from that word, which never borrows from the limit,
    /// since no balance is above the supply.
    uint256 private constant BALANCE_SLOT_SEED = 0x87a211a2;
    uint256 private constant SUPPLY_SLOT = 0x05345cdf77eb68f44c;

    struct Announcement {
        Limit limit;
        uint64 readyAt;
    }

    address private immutable _firstBridge;
    mapping(address bridge => Meter) private _otherMeters;
    mapping(address bridge => Announcement) private _announcements;

    string private _name;
    string private _symbol;
    uint8 private immutable _decimals;

    /// @param firstBridge mints from the start, within `limit`
    constructor(
        address accessManager,
        address firstBridge,
        Limit memory limit,
        string memory name_,
        string memory symbol_,
        uint8 decimals_
    ) AccessManaged(accessManager) {
        if (accessManager.code.length == 0) revert AccessManagedInvalidAuthority(accessManager);
        if (firstBridge == address(0)) revert BridgeRefused(firstBridge);
        _firstBridge = firstBridge;
        (_name, _symbol, _decimals) = (name_, symbol_, decimals_);
        _setLimit(firstBridge, limit);
    }

    modifier onlyBridge() {
        if (!isBridge(msg.sender)) revert BridgeRefused(msg.sender);
        _;
    }

    /// @inheritdoc IERC7802
    function crosschainMint(address to, uint256 amount) external {
        _credit(to, amount);
        _increaseSupply(amount);
        emit CrosschainMint(to, amount, msg.sender);
    }

    /// @inheritdoc IERC7802
    function crosschainBurn(address from, uint256 amount) external onlyBridge {
        _burn(from, amount);
        emit CrosschainBurn(from, amount, msg.sender);
    }

    /// @inheritdoc IBridgedToken
    function crosschainBurnSent(address from, uint256 amount) external onlyBridge {
        _burn(from, amount);
    }

    /// @inheritdoc IBridgedToken
    function crosschainMintMany(bytes calldata transfers, address feeTo) external {
        (uint256 total, uint256 fees) = _creditAll(transfers);
        if (fees != 0) _credit(feeTo, fees);
        _increaseSupply(total);
    }

    /// @dev In assembly because this loop is all that a token adds to a message: in Solidity it costs 2 % of a delivery of 100.
    /// It ends at the end or before the first transfer that it refuses. The sums are of numbers below 2^128.
    function _creditAll(bytes calldata transfers) private returns (uint256 total, uint256 fees) {
        (uint256 at, uint256 end) = transfers.span();
        bytes32 topic = Transfer.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(0x0c, BALANCE_SLOT_SEED)
            for {} 1 {} {
                let head := calldataload(at)
                let to := shr(96, shl(40, head))
                let amount := calldataload(add(at, 25))
                let fee := and(amount, 0xffffffffffffffffffffffffffffffff)
                amount := shr(128, amount)
                let refused := or(or(iszero(to), eq(to, address())), eq(to, caller()))
                if or(iszero(lt(at, end)), or(refused, gt(fee, amount))) { break }
                total := add(total, amount)
                fees := add(fees, fee)
                amount := sub(amount, fee)
                at := add(at, add(37, mul(20, byte(0, head))))
                mstore(0x00, to)
                let slot := keccak256(0x0c, 0x20)
                sstore(slot, add(sload(slot), amount)) // at most the supply, so it cannot overflow
                mstore(free, amount)
                log3(free, 0x20, topic, 0, to)
            }
        }
        if (at > end) revert TransfersCut(transfers.length);
        if (at < end) _explain(at);
    }

    /// @dev Why the transfer is refused.
    function _explain(uint256 at) private pure {
        (uint256 amount, uint256 fee) = Messages.amountsAt(at);
        if (fee > amount) revert Messages.FeeAboveAmount(fee, amount);
        revert MintRefused(Messages.recipientAt(at));
    }

    /// @inheritdoc IBridgedToken
    function announceBridge(address bridge, Limit calldata limit) external restricted {
        if (limit.period == 0) revert Meters.PeriodZero();
        uint64 readyAt = uint64(block.timestamp) + ANNOUNCEMENT;
        _announcements[bridge] = Announcement(limit, readyAt);
        emit BridgeAnnounced(bridge, limit, readyAt);
    }

    /// @inheritdoc IBridgedToken
    function setBridge(address bridge) external restricted {
        Announcement memory found = _announcements[bridge];
        if (found.readyAt == 0) revert NotAnnounced(bridge);
        if (block.timestamp < found.readyAt) revert AnnouncedTooLate(found.readyAt);
        delete _announcements[bridge];
        _setLimit(bridge, found.limit);
    }

    /// @inheritdoc IBridgedToken
    function lowerBridge(address bridge, Limit calldata limit) external restricted {
        Limit memory before = meter(bridge).limit();
        if (limit.capacity > before.capacity || limit.period < before.period) revert NotLower(bridge);
        _setLimit(bridge, limit);
    }

    /// @inheritdoc IBridgedToken
    function isBridge(address bridge) public view returns (bool) {
        return meter(bridge).limit().capacity != 0;
    }

    /// @inheritdoc IBridgedToken
    function meter(address bridge) public view returns (Meter) {
        return bridge == _firstBridge ? _supplyMeter() : _otherMeters[bridge];
    }

    /// @inheritdoc IBridgedToken
    function announced(address bridge) external view returns (Limit memory limit, uint64 readyAt) {
        return (_announcements[bridge].limit, _announcements[bridge].readyAt);
    }

    function totalSupply() public view override returns (uint256) {
        return _supplyMeter().count();
    }

    function name() public view override returns (string memory) {
        return _name;
    }

    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC7802).interfaceId;
    }

    /// @dev One half of a mint. A balance is at most the supply, so it cannot overflow.
    function _credit(address to, uint256 amount) private {
        // Tokens there could never move again.
        if (to == address(0) || to == address(this) || to == msg.sender) revert MintRefused(to);
        assembly ("memory-safe") {
            mstore(0x0c, BALANCE_SLOT_SEED)
            mstore(0x00, to)
            let slot := keccak256(0x0c, 0x20)
            sstore(slot, add(sload(slot), amount))
        }
        emit Transfer(address(0), to, amount);
    }

    /// @dev The other half, once for all of a run, within the caller's limit. A caller without one has none to take from.
    function _increaseSupply(uint256 amount) private {
        Meter supply = _supplyMeter();
        unchecked {
            uint256 room = type(uint128).max - supply.count();
            if (amount > room) revert AmountTooLarge(amount, room);
        }
        if (msg.sender == _firstBridge) {
            supply = _taken(supply, amount);
        } else {
            _otherMeters[msg.sender] = _taken(_otherMeters[msg.sender], amount);
        }
        _setSupplyMeter(supply.increase(amount));
    }

    function _taken(Meter from, uint256 amount) private view returns (Meter next) {
        bool passes;
        (passes, next) = from.take(amount);
        if (passes) return next;
        if (from.limit().capacity == 0) revert BridgeRefused(msg.sender);
        revert MintLimitExceeded(msg.sender, amount, from.passesAt(amount));
    }

    function _setLimit(address bridge, Limit memory limit) private {
        Meter next = meter(bridge).withLimit(limit);
        if (bridge == _firstBridge) _setSupplyMeter(next);
        else _otherMeters[bridge] = next;
        emit BridgeSet(bridge, next.limit());
    }

    function _supplyMeter() private view returns (Meter word) {
        assembly ("memory-safe") {
            word := sload(SUPPLY_SLOT)
        }
    }

    function _setSupplyMeter(Meter word) private {
        assembly ("memory-safe") {
            sstore(SUPPLY_SLOT, word)
        }
    }

    /// @dev Nobody holds an allowance that the owner did not give, Permit2 included.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
