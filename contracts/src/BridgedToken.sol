// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Payouts} from "./Payouts.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice The form of an asset on the chains that are not its home: ERC-20, ERC-2612, and ERC-7802 for the bridges it names.
contract BridgedToken is ERC20, AccessManaged, IBridgedToken {
    using Payouts for bytes;

    /// @dev Where Solady's ERC-20 keeps its balances and its supply: a run of mints writes the supply once, and not once for each.
    uint256 private constant BALANCE_SLOT_SEED = 0x87a211a2;
    uint256 private constant SUPPLY_SLOT = 0x05345cdf77eb68f44c;

    /// @dev The first bridge's right is the highest bit of the word that holds the supply, which every mint and burn reads anyway.
    /// No mint reaches it: each is below 2^128.
    uint256 private constant FIRST_BRIDGE_ALLOWED = 1 << 255;

    address private immutable _firstBridge;
    mapping(address bridge => bool) private _otherBridges;

    string private _name;
    string private _symbol;
    uint8 private immutable _decimals;

    /// @param firstBridge has no right until `setBridge` gives it one, like every other
    constructor(address accessManager, address firstBridge, string memory name_, string memory symbol_, uint8 decimals_)
        AccessManaged(accessManager)
    {
        if (accessManager.code.length == 0) revert AccessManagedInvalidAuthority(accessManager);
        _firstBridge = firstBridge;
        _name = name_;
        _symbol = symbol_;
        _decimals = decimals_;
    }

    modifier onlyBridge() {
        if (!isBridge(msg.sender)) revert BridgeRefused(msg.sender);
        _;
    }

    /// @inheritdoc IERC7802
    function crosschainMint(address to, uint256 amount) external onlyBridge {
        _requireMintable(to);
        _requireBelow2To128(amount);
        _mint(to, amount);
        emit CrosschainMint(to, amount, msg.sender);
    }

    /// @inheritdoc IERC7802
    function crosschainBurn(address from, uint256 amount) external onlyBridge {
        _burn(from, amount);
        emit CrosschainBurn(from, amount, msg.sender);
    }

    /// @inheritdoc IBridgedToken
    function crosschainMintMany(bytes calldata payouts) external onlyBridge {
        (uint256 at, uint256 end) = payouts.span();
        uint256 total;
        uint256 allBits;
        while (at < end) {
            address to;
            uint256 amount;
            (to, amount, at) = Payouts.read(at);
            if (amount == 0) continue;
            _requireMintable(to);
            _credit(to, amount);
            allBits |= amount;
            unchecked {
                total += amount; // of numbers below 2^128, as the next line but one says
            }
        }
        _requireBelow2To128(allBits);
        _addSupply(total);
    }

    /// @inheritdoc IBridgedToken
    function setBridge(address bridge, bool allowed) external restricted {
        if (bridge == _firstBridge) _setSupplyWord(totalSupply() | (allowed ? FIRST_BRIDGE_ALLOWED : 0));
        else _otherBridges[bridge] = allowed;
        emit BridgeSet(bridge, allowed);
    }

    /// @inheritdoc IBridgedToken
    function isBridge(address bridge) public view returns (bool) {
        return bridge == _firstBridge ? _supplyWord() & FIRST_BRIDGE_ALLOWED != 0 : _otherBridges[bridge];
    }

    function totalSupply() public view override returns (uint256) {
        return _supplyWord() & ~FIRST_BRIDGE_ALLOWED;
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

    /// @dev Tokens there could never move again.
    function _requireMintable(address to) private view {
        if (to == address(0) || to == address(this) || to == msg.sender) revert MintRefused(to);
    }

    function _requireBelow2To128(uint256 amount) private pure {
        if (amount > type(uint128).max) revert AmountTooLarge(amount);
    }

    /// @dev Half of a mint. A balance is at most the supply, so it cannot overflow.
    function _credit(address to, uint256 amount) private {
        assembly ("memory-safe") {
            mstore(0x0c, BALANCE_SLOT_SEED)
            mstore(0x00, to)
            let slot := keccak256(0x0c, 0x20)
            sstore(slot, add(sload(slot), amount))
        }
        emit Transfer(address(0), to, amount);
    }

    /// @dev The other half, once for all of a run.
    function _addSupply(uint256 amount) private {
        unchecked {
            _setSupplyWord(_supplyWord() + amount);
        }
    }

    function _supplyWord() private view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(SUPPLY_SLOT)
        }
    }

    function _setSupplyWord(uint256 word) private {
        assembly ("memory-safe") {
            sstore(SUPPLY_SLOT, word)
        }
    }

    /// @dev Nobody holds an allowance that the owner did not give, Permit2 included.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}
