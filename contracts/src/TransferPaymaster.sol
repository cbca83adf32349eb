// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {PaymasterSigner} from "@openzeppelin/contracts/account/paymaster/extensions/PaymasterSigner.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IEntryPoint} from "@openzeppelin/contracts/interfaces/IERC4337.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignerECDSA} from "@openzeppelin/contracts/utils/cryptography/signers/SignerECDSA.sol";

/// @notice Pays for the operations of ERC-4337 accounts that its signer approved, out of what it has deposited at its EntryPoint. It is part
/// of no Bridge and has no rights there: the most that its signer can lose is the deposit.
contract TransferPaymaster is PaymasterSigner, SignerECDSA, Ownable2Step {
    IEntryPoint private immutable _entryPoint;

    /// @param owner_ Takes the deposit and the stake out again, and names another signer.
    constructor(IEntryPoint entryPoint_, address signer_, address owner_)
        EIP712("TransferPaymaster", "1")
        SignerECDSA(signer_)
        Ownable(owner_)
    {
        _entryPoint = entryPoint_;
    }

    function entryPoint() public view override returns (IEntryPoint) {
        return _entryPoint;
    }

    /// @notice What the former signer approved is worth nothing from now on.
    function setSigner(address signer_) external onlyOwner {
        _setSigner(signer_);
    }

    /// @notice Anybody may add to the deposit.
    function deposit() external payable {
        _deposit(msg.value);
    }

    function withdraw(address payable to, uint256 value) external onlyOwner {
        _withdraw(to, value);
    }

    /// @notice Some bundlers ask paymasters for a stake.
    function addStake(uint32 unstakeDelaySeconds) external payable onlyOwner {
        _addStake(msg.value, unstakeDelaySeconds);
    }

    function unlockStake() external onlyOwner {
        _unlockStake();
    }

    function withdrawStake(address payable to) external onlyOwner {
        _withdrawStake(to);
    }
}
